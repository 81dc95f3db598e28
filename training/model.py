"""The encoder (all-MiniLM-L6-v2 with a shape feature) and its heads.

Weights that end as 8-bit integers pass through `Linear`, which can imitate the rounding of the program while training goes on
(`quantise`): weights to 7 bits a row of the matrix, activations to 8 bits a word piece.
"""

import torch
from torch import nn
from torch.nn import functional as F

from labels import NAME_TAGS, RELATIONS, ROLES, ROLE_TAGS, UPOS, XPOS
from windows import FEATURES

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, 320
ARC, REL, LINK = 192, 64, 96
WEIGHT_LEVELS, ACTIVATION_LEVELS = 63, 255


def round_weight(w):
    scale = w.detach().abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / WEIGHT_LEVELS
    return w + ((w / scale).round() * scale - w).detach()


def round_activation(x):
    low, high = x.detach().amin(-1, keepdim=True), x.detach().amax(-1, keepdim=True)
    scale = ((high - low) / ACTIVATION_LEVELS).clamp_min(1e-8)
    return x + (((x - low) / scale).round() * scale + low - x).detach()


class Linear(nn.Linear):
    quantise = False

    def forward(self, x):
        if not Linear.quantise:
            return super().forward(x)
        return F.linear(round_activation(x.float()), round_weight(self.weight), self.bias)


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.qkv, self.out = Linear(WIDTH, 3 * WIDTH), Linear(WIDTH, WIDTH)
        self.up, self.down = Linear(WIDTH, INNER), Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(b, t, WIDTH))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, vocabulary, layers, dropout=0.1):
        super().__init__()
        self.register_buffer("words", torch.zeros(vocabulary, WIDTH))
        self.register_buffer("positions", torch.zeros(POSITIONS, WIDTH))
        self.shapes = nn.Parameter(torch.zeros(FEATURES, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))

    def load_minilm(self, tensors, keep):
        """`keep`: the numbers of MiniLM's layers to start from."""
        words = tensors["embeddings.word_embeddings.weight"]
        scale = words.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / 127
        self.words.copy_((words / scale).round() * scale)  # as the weight file holds them
        types = tensors["embeddings.token_type_embeddings.weight"][0]
        self.positions.copy_(tensors["embeddings.position_embeddings.weight"][:POSITIONS] + types)
        self.norm.load_state_dict({k: tensors[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})
        for layer, number in zip(self.layers, keep):
            name = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                qkv = [tensors[f"{name}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).data.copy_(torch.cat(qkv))
                for ours, theirs in (("out", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense"),
                                     ("norm1", "attention.output.LayerNorm"), ("norm2", "output.LayerNorm")):
                    getattr(getattr(layer, ours), kind).data.copy_(tensors[f"{name}{theirs}.{kind}"])

    def forward(self, ids, kinds, real):
        x = F.embedding(ids, self.words) + self.positions[: ids.shape[1]] + F.embedding(kinds, self.shapes)
        x = self.dropout(self.norm(x))
        mask = real[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Pair(nn.Module):
    """Scores of each word as the head of each other: a bilinear form over two narrow views of the words."""

    def __init__(self, width, dropout=0.2):
        super().__init__()
        self.dependent, self.head = Linear(WIDTH, width), Linear(WIDTH, width)
        self.form = nn.Parameter(torch.zeros(width, width))
        self.prior = nn.Parameter(torch.zeros(width))
        nn.init.orthogonal_(self.form, gain=0.5)
        self.dropout = nn.Dropout(dropout)

    def forward(self, words):
        d, h = self.dropout(F.relu(self.dependent(words))), self.dropout(F.relu(self.head(words)))
        return (d @ self.form + self.prior) @ h.transpose(1, 2)


class Relation(nn.Module):
    """Labels of given pairs."""

    def __init__(self, width, labels, dropout=0.2):
        super().__init__()
        self.dependent, self.head = Linear(WIDTH, width), Linear(WIDTH, width)
        self.form = nn.Parameter(torch.randn(labels, width + 1, width + 1) * 0.05)
        self.dropout = nn.Dropout(dropout)

    def forward(self, words, heads):
        one = words.new_ones(*words.shape[:2], 1)
        d = torch.cat([self.dropout(F.relu(self.dependent(words))), one], -1)
        h = torch.cat([self.dropout(F.relu(self.head(words))), one], -1)
        h = h.gather(1, heads[..., None].expand(-1, -1, h.shape[-1]))
        return torch.einsum("bwi,lij,bwj->bwl", d, self.form, h)


class Reader(nn.Module):
    """Everything: one pass of the encoder, then a linear layer of labels a word, and pairs of words."""

    LABELS = {"upos": len(UPOS), "xpos": len(XPOS), "start": 1, "names": len(NAME_TAGS), **{role: len(ROLE_TAGS) for role in ROLES}}

    def __init__(self, vocabulary, layers, dropout=0.1):
        super().__init__()
        self.encoder = Encoder(vocabulary, layers, dropout)
        self.labels = Linear(WIDTH, sum(self.LABELS.values()))
        self.arcs, self.relations = Pair(ARC), Relation(REL, len(RELATIONS))
        self.said_by, self.said_with = Pair(LINK), Pair(LINK)  # cue to source, content to cue
        self.dropout = nn.Dropout(dropout)

    def words(self, ids, kinds, real, at):
        hidden = self.encoder(ids, kinds, real)
        return self.dropout(hidden.gather(1, at[..., None].expand(-1, -1, WIDTH)))

    def forward(self, ids, kinds, real, at, heads=None):
        words = self.words(ids, kinds, real, at)
        given = dict(zip(self.LABELS, self.labels(words).split(list(self.LABELS.values()), -1)))
        given["arcs"] = self.arcs(words)
        given["said_by"], given["said_with"] = self.said_by(words), self.said_with(words)
        given["vectors"] = words
        if heads is not None:
            given["relations"] = self.relations(words, heads)
        return given
