"""Figures on development data, with the words and sentences of the data (the referee scores the program from raw text).

    python evaluate.py DOCUMENTS CHECKPOINT [--quantise]
"""

import sys
from collections import defaultdict

import torch

from batches import collate, example, ready
from decode import best_spans, best_tree
from labels import NAMES, RELATIONS, ROLES
from windows import cut

LIMIT = 256


@torch.no_grad()
def predict(model, documents, wordpiece, budget=2048):
    """For each document its scores by word, window by window."""
    model.eval()
    items = [(d, b, e) for d in documents for b, e in cut(d, LIMIT)]
    items.sort(key=lambda i: sum(i[0]["costs"][i[1]:i[2]]))
    while items:
        now = []
        while items and (len(now) + 1) * (sum(items[0][0]["costs"][items[0][1]:items[0][2]]) + 2) <= budget or items and not now:
            now.append(items.pop(0))
        batch = collate([example(d, b, e, wordpiece) for d, b, e in now])
        given = model(batch["ids"], batch["kinds"], batch["real"], batch["at"])
        same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
        arcs = given["arcs"].masked_fill(~(same & batch["word"][:, None, :]), -1e4)
        heads = torch.zeros_like(batch["at"])
        for n, (d, b, e) in enumerate(now):
            if "head" in d:
                sentence = batch["sentence"][n, : e - b]
                for s in sentence.unique():
                    at = (sentence == s).nonzero()[:, 0]
                    tree = best_tree(arcs[n][at][:, at].double().numpy())
                    heads[n, at] = at[torch.tensor(tree)]
        relations = model.relations(given["vectors"], heads).argmax(-1)
        for n, (d, b, e) in enumerate(now):
            yield d, b, e, {k: v[n, : e - b].numpy() for k, v in given.items() if k not in ("arcs",)}, heads[n, : e - b], relations[n, : e - b]
    model.train()


def f1(right, predicted, gold):
    return 2 * right / max(1, predicted + gold)


def figures(model, documents, wordpiece):
    count, total, units = defaultdict(int), defaultdict(int), defaultdict(lambda: [0, 0, 0])
    for d, b, e, given, heads, relations in predict(model, documents, wordpiece):
        source = d["source"]
        if "upos" in d:
            for k in range(b, e):
                total[source] += 1
                count[source, "upos"] += given["upos"][k - b].argmax() == d["upos"][k]
                count[source, "xpos"] += given["xpos"][k - b].argmax() == d["xpos"][k]
                gold = k if d["head"][k] < 0 else d["head"][k]
                right = int(heads[k - b]) + b == gold
                count[source, "uas"] += right
                simple = RELATIONS[int(relations[k - b])].split(":")[0] == RELATIONS[d["relation"][k]].split(":")[0]
                count[source, "las"] += right and simple
            starts = [k for k in range(b + 1, e) if not d["paragraph"][k]]
            found = {k for k in starts if given["start"][k - b, 0] > 0}
            gold = {k for k in starts if d["start"][k]}
            add(units[source, "starts"], found, gold)
        if source == "polnear":
            for number, role in enumerate(ROLES):
                found = {(x, y) for x, y, _ in best_spans(given[role])}
                gold = {(x, y) for x, y, _ in spans_of(d["roles"][number][b:e])}
                add(units[source, role], found, gold)
        elif "names" in d:
            tags = [sorted(a) for a in d["names"][b:e]]
            gold, blocked = gold_names(tags)
            found = {s for s in best_spans(given["names"]) if NAMES[s[2]] in ("PER", "ORG", "LOC", "UNIT")}
            found = {(x, y, 1 if NAMES[k] == "UNIT" and source != "news" else k) for x, y, k in found}
            add(units[source, "names"], {s for s in found if not any(s[0] < y and x < s[1] for x, y in blocked)}, gold)
    result = {f"{s} {k}": float(v) / total[s] for (s, k), v in count.items()}
    result.update({f"{s} {k}": f1(*v) for (s, k), v in units.items()})
    return dict(sorted(result.items()))


def add(unit, found, gold):
    unit[0] += len(found & gold)
    unit[1] += len(found)
    unit[2] += len(gold)


def spans_of(labels):
    begun, found = 0, []
    for at, label in enumerate(labels):
        place = (label - 1) % 4 if label else None
        if place in (0, 3):
            begun = at
        if place in (2, 3):
            found.append((begun, at + 1, (label - 1) // 4))
    return found


def gold_names(sets):
    """Scored spans of the gold label sets and the spans of other kinds, which are not scored."""
    spans, blocked, begun = set(), [], None
    for at, allowed in enumerate(sets):
        if 0 in allowed:
            continue
        place, kind = (allowed[0] - 1) % 4, NAMES[(allowed[0] - 1) // 4]
        if place in (0, 3):
            begun = at
        if place in (2, 3) and begun is not None:
            if kind in ("PER", "ORG", "LOC") or kind == "UNIT":
                spans.add((begun, at + 1, NAMES.index(kind)))
            else:
                blocked.append((begun, at + 1))
    return spans, blocked


def main(path, checkpoint, *options):
    import pickle

    from model import Linear
    from train import load

    model, wordpiece = load(checkpoint)
    Linear.quantise = "--quantise" in options
    with open(path, "rb") as file:
        documents = ready([d for d in pickle.load(file) if d["part"] == "dev"], wordpiece)
    for name, value in figures(model, documents, wordpiece).items():
        print(f"{name:<24} {100 * value:6.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
