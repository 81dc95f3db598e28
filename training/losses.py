"""What each head is taught. All are cross entropies over the words that have the label."""

import torch
from torch.nn import functional as F

from batches import NONE, SILVER
from labels import ROLES

WEIGHTS = {"upos": 0.5, "xpos": 0.5, "start": 0.5, "names": 1.3, "source": 1.0, "cue": 1.0, "content": 1.0, "arcs": 1.0, "relations": 0.7,
           "said_by": 0.5, "said_with": 0.5}
FAR = -1e4


def entropy(scores, target, weight=None):
    each = F.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=NONE, reduction="none")
    known = (target != NONE).flatten().float() if weight is None else (target != NONE).flatten() * weight.flatten()
    return (each * known).sum(), known.sum()


def losses(given, batch):
    """(sum, number) by head."""
    found = {}
    given = {k: v.float() for k, v in given.items()}
    weight = batch["weight"]
    found["upos"] = entropy(given["upos"], batch["upos"], weight)
    gold, silver = entropy(given["xpos"], batch["xpos"], weight), entropy(given["xpos"], batch["silver_xpos"])
    found["xpos"] = gold[0] + SILVER * silver[0], gold[1] + SILVER * silver[1]
    known = batch["start"] != NONE
    start = F.binary_cross_entropy_with_logits(given["start"][..., 0][known], batch["start"][known].float(), reduction="sum")
    found["start"] = start, known.sum()
    chance = given["names"].log_softmax(-1).masked_fill(~batch["names"], FAR).logsumexp(-1)
    found["names"] = -(chance * batch["names_weight"]).sum(), batch["names_weight"].sum()
    for role in ROLES:
        found[role] = entropy(given[role], batch[role])
    real = batch["word"][:, None, :]
    same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
    found["arcs"] = entropy(given["arcs"].masked_fill(~(same & real), FAR), batch["head"], weight)
    found["relations"] = entropy(given["relations"], torch.where(batch["head"] == NONE, NONE, batch["relation"]), weight)
    for link in ("said_by", "said_with"):
        found[link] = entropy(given[link].masked_fill(~real, FAR), batch[link])
    return found


def total(found):
    return sum(WEIGHTS[name] * value / number.clamp_min(1) for name, (value, number) in found.items())
