"""Compares our WordPiece with the `tokenizers` package on all text of the data folder:  python check_wordpiece.py DATA"""

import glob
import json
import os
import sys

from tokenizers import Tokenizer

from data import lines
from start import folder, vocabulary
from wordpiece import WordPiece


def texts(data):
    for path in sorted(glob.glob(os.path.join(data, "**/*"), recursive=True)):
        if os.path.isfile(path) and ".jsonl" in path and "/html/" not in path and "/reference/" not in path:
            for line in lines(path):
                if line.strip():
                    row = json.loads(line)
                    yield from (v for v in row.values() if isinstance(v, str))
        elif os.path.isfile(path) and (".conll" in path or ".iob2" in path):
            yield from (line for line in lines(path) if line.strip())


def main(data):
    ours, theirs = WordPiece(vocabulary()), Tokenizer.from_file(os.path.join(folder(), "tokenizer.json"))
    theirs.no_truncation()
    theirs.no_padding()
    count = wrong = 0
    for text in texts(data):
        count += 1
        a, b = ours.text(text), theirs.encode(text, add_special_tokens=False).ids
        if a != b:
            wrong += 1
            if wrong <= 10:
                at = next((k for k, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                names = {v: k for k, v in ours.ids.items()}
                print("differs:", [names[x] for x in a[at:at + 6]], [names[x] for x in b[at:at + 6]])
    print(f"{count} texts, {wrong} differ")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main(sys.argv[1])
