"""Writes the documents of Wikigold that the training leaves out, as a gold file of their own.

    python heldout.py DATA > wikigold-heldout.conll
    dragoman eval ner wikigold-heldout.conll
"""

import os
import sys

from data import held_out, lines

if __name__ == "__main__":
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        sys.exit(__doc__)
    documents, current = [], []
    for line in lines(os.path.join(sys.argv[1], "ner/wikigold-train.conll")):
        if line.startswith("-DOCSTART-"):
            documents.append(current)
            current = []
        current.append(line)
    documents = [d for d in documents + [current] if any(line.strip() and not line.startswith("-DOCSTART-") for line in d)]
    print("\n".join(line for number, d in enumerate(documents) if held_out(number) for line in d))
