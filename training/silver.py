"""Step 1b: news that nobody annotated, read by an earlier model (self-training).

    python silver.py DOCUMENTS WEIGHTS

Adds labels to the documents of the source "news-silver" in DOCUMENTS, as the model in WEIGHTS reads them, where it is sure: what it doubts
costs the training nothing. Their weight in the loss is that of automatic labels (batches.py).
"""

import pickle
import sys

import torch

import start
from batches import NONE, ready
from decode import best_spans
from evaluate import predict
from export import unpacked
from labels import NAME_TAGS, tag
from model import Linear, Reader
from wordpiece import WordPiece

SURE = 0.9  # of a label or a head; less is left open
SURE_NAME = 0.8  # of every word of a name, or of there being none


def label(document, first, end, given, heads, relations):
    """The labels of one window."""
    names = given["names"].softmax(-1)
    path = [0] * (end - first)
    for begin, stop, kind in best_spans(given["names"].numpy()):
        for at in range(begin, stop):
            path[at] = tag(kind, "S" if stop - begin == 1 else "B" if at == begin else "E" if at == stop - 1 else "I")
    anything = frozenset(range(len(NAME_TAGS)))
    best = {key: given[key].softmax(-1).max(-1) for key in ("upos", "xpos")}
    for at in range(first, end):
        k = at - first
        document["names"][at] = frozenset([path[k]]) if names[k][path[k]] >= SURE_NAME else anything
        sure = True
        for key in ("upos", "xpos"):
            if best[key].values[k] >= SURE:
                document[key][at] = int(best[key].indices[k])
            else:
                sure = False
        if sure:
            head = int(heads[k]) + first
            document["head"][at] = -1 if head == at else head
            document["relation"][at] = int(relations[k])


def main(path, weights):
    wordpiece = WordPiece(start.vocabulary())
    model = Reader(len(wordpiece.ids), 6)
    model.load_state_dict(unpacked(weights))
    Linear.quantise = True
    with open(path, "rb") as file:
        documents = pickle.load(file)
    news = ready([d for d in documents if d["source"] == "news-silver"], wordpiece)
    for d in news:
        size = len(d["words"])
        d.update({"upos": [NONE] * size, "xpos": [NONE] * size, "head": [NONE] * size, "relation": [NONE] * size,
                  "names": [frozenset(range(len(NAME_TAGS)))] * size})
    for d, first, end, given, heads, relations in predict(model, news, wordpiece):
        label(d, first, end, {k: torch.as_tensor(v) for k, v in given.items()}, heads, relations)
    for d in news:
        del d["pieces"], d["costs"]
    with open(path, "wb") as file:
        pickle.dump(documents, file)
    words = sum(len(d["words"]) for d in news)
    known = {key: sum(v != NONE for d in news for v in d[key]) for key in ("upos", "head")}
    print(f"{len(news)} reports, {words} words; sure of {known['upos']} classes and {known['head']} heads")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
