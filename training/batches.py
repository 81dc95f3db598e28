"""Windows in batches, with the labels that each source has; what a source does not mark costs nothing."""

import random
from collections import defaultdict

import torch

from labels import NAME_TAGS, ROLES
from windows import cut, jitter, prepare, window

NONE = -100  # what the loss passes over

# How many of a hundred pieces come from each source.
MIXTURE = {"polnear": 43, "ewt": 28, "gum": 12, "wikigold": 7, "wnut17": 7, "own-names": 3}
SILVER_NAMES, SILVER_XPOS = 0.3, 0.3  # weight of automatic labels


def example(document, first, end, wordpiece):
    ids, kinds, at = window(document, first, end, wordpiece)
    given = {"ids": ids, "kinds": kinds, "at": at, "starts": document["start"][first:end], "paragraphs": document["paragraph"][first:end]}
    for key in ("upos", "xpos", "relation"):
        if key in document:
            given[key] = document[key][first:end]
    if "head" in document:
        inside = range(first, end)
        given["head"] = [n - first if h < 0 else h - first if h in inside else NONE for n, h in zip(inside, document["head"][first:end])]
    if "names" in document:
        given["names"], given["names_weight"] = document["names"][first:end], 1.0
    if "silver_names" in document:
        given["names"], given["names_weight"] = document["silver_names"][first:end], SILVER_NAMES
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
    sentence = [list(torch.tensor(e["starts"]).int().cumsum(0)) for e in examples]
    batch["sentence"] = pad(sentence, words, -1)
    starts = [[NONE if p else int(s) for s, p in zip(e["starts"], e["paragraphs"])] if "upos" in e else [] for e in examples]
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


def ready(documents, wordpiece):
    for d in documents:
        prepare(d, wordpiece)
    return documents


def seeded(seed):
    return random.Random(seed)
