"""Windows in batches, with the labels that each source has; what a source does not mark costs nothing."""

import random
from collections import defaultdict

import torch

from labels import NAME_TAGS, ROLES
from windows import cut, jitter, prepare, window

NONE = -100  # what the loss passes over

# How many of a hundred pieces come from each source.
MIXTURE = {"polnear": 42, "ewt": 28, "gum": 11, "wikigold": 6, "wnut17": 4, "own-names": 6, "news-silver": 3}
SILVER = 0.3  # weight of automatic labels

# Text that reaches the program without line ends, or written without capitals or in capitals alone: how many of a hundred documents of
# these sources are read so.
CHANGED = {"ewt", "gum", "wikigold", "own-names"}
GLUED, LOWERED, RAISED = 30, 6, 4


def example(document, first, end, wordpiece):
    ids, kinds, at = window(document, first, end, wordpiece)
    given = {"ids": ids, "kinds": kinds, "at": at, "starts": document["start"][first:end], "paragraphs": document["paragraph"][first:end]}
    for key in ("upos", "xpos", "relation"):
        if key in document:
            given[key] = document[key][first:end]
    if "head" in document:
        inside = range(first, end)
        given["head"] = [n - first if h == -1 else h - first if h in inside else NONE for n, h in zip(inside, document["head"][first:end])]
    given["silver"] = document["source"] == "news-silver"
    given["weight"] = SILVER if given["silver"] else 1.0
    if "names" in document:
        given["names"], given["names_weight"] = document["names"][first:end], given["weight"]
    if "silver_names" in document:
        given["names"], given["names_weight"] = document["silver_names"][first:end], SILVER
        given["silver_xpos"] = document["silver_xpos"][first:end]
    if "roles" in document:
        given["roles"] = [layer[first:end] for layer in document["roles"]]
        given["links"] = [(a - first, b - first, kind) for a, b, kind in document["links"] if first <= a < end and first <= b < end]
    return given


def collate(examples):
    length, words = max(len(e["ids"]) for e in examples), max(len(e["at"]) for e in examples)

    def pad(rows, size, fill):
        return torch.tensor([list(r) + [fill] * (size - len(r)) for r in rows])

    nothing = [[] for _ in examples]
    batch = {"ids": pad([e["ids"] for e in examples], length, 0), "kinds": pad([e["kinds"] for e in examples], length, 0),
             "real": pad([[True] * len(e["ids"]) for e in examples], length, False),
             "at": pad([e["at"] for e in examples], words, 0),
             "word": pad([[True] * len(e["at"]) for e in examples], words, False)}
    for key in ("upos", "xpos", "relation", "head", "silver_xpos"):
        batch[key] = pad([[v if v >= 0 else NONE for v in e.get(key, [])] for e in examples], words, NONE)
    batch["weight"] = torch.tensor([[e["weight"]] for e in examples]).expand(-1, words)
    sentence = [list(torch.tensor(e["starts"]).int().cumsum(0)) for e in examples]
    batch["sentence"] = pad(sentence, words, -1)
    starts = [[NONE if p else int(s) for s, p in zip(e["starts"], e["paragraphs"])]
              if "upos" in e and not e["silver"] else [] for e in examples]
    batch["start"] = pad(starts, words, NONE)
    names = torch.ones(len(examples), words, len(NAME_TAGS), dtype=torch.bool)
    weight = torch.zeros(len(examples), words)
    for n, e in enumerate(examples):
        for k, allowed in enumerate(e.get("names", [])):
            names[n, k] = False
            names[n, k, list(allowed)] = True
            weight[n, k] = e["names_weight"]
    batch["names"], batch["names_weight"] = names, weight
    for number, role in enumerate(ROLES):
        batch[role] = pad([e["roles"][number] if "roles" in e else [] for e in examples], words, NONE)
    for kind, key in ((0, "said_by"), (1, "said_with")):
        target = torch.full((len(examples), words), NONE)
        for n, e in enumerate(examples):
            if "roles" not in e:
                continue
            if kind == 0:  # a cue without a source points at itself
                for k, label in enumerate(e["roles"][1]):
                    if label in (1, 4):
                        target[n, k] = k
            for a, b, link in e["links"]:
                if link == kind:
                    target[n, a] = b
        batch[key] = target
    return batch


def stream(documents, wordpiece, limit, budget, rng):
    """Batches of about `budget` pieces for ever, sources mixed, windows of like length together."""
    sources = defaultdict(list)
    for d in documents:
        sources[d["source"]].append(d)
    names = [s for s in MIXTURE if sources[s]]
    queues = {s: iter(()) for s in names}

    def fresh(source):
        order = sources[source][:]
        rng.shuffle(order)
        order = [changed(d, wordpiece, rng) if source in CHANGED else d for d in order]
        spans = [(d, b, e) for d in order for b, e in cut(d, limit, jitter(rng))]
        rng.shuffle(spans)
        yield from spans

    spent = dict.fromkeys(names, 0.0)
    while True:
        pool = []
        while sum(len(e["ids"]) for e in pool) < 12 * budget:
            source = min(names, key=lambda s: spent[s] / MIXTURE[s])
            item = next(queues[source], None)
            if item is None:
                queues[source] = fresh(source)
                continue
            e = example(*item, wordpiece)
            spent[source] += len(e["ids"])
            pool.append(e)
        pool.sort(key=lambda e: len(e["ids"]))
        batches, now = [], []
        for e in pool:
            if now and (len(now) + 1) * len(e["ids"]) > budget:
                batches.append(now)
                now = []
            now.append(e)
        batches.append(now)
        rng.shuffle(batches)
        for b in batches:
            yield collate(b)


def changed(document, wordpiece, rng):
    """The document as others might have written it, or itself."""
    glued = rng.random() * 100 < GLUED
    chance = rng.random() * 100
    case = str.lower if chance < LOWERED else str.upper if chance < LOWERED + RAISED else None
    if not glued and case is None:
        return document
    other = dict(document)
    if glued:
        other["paragraph"] = [n == 0 for n in range(len(document["words"]))]
    prepare(other, wordpiece, case)
    return other


def ready(documents, wordpiece):
    for d in documents:
        prepare(d, wordpiece)
    return documents


def seeded(seed):
    return random.Random(seed)
