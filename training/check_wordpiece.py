"""Compares WordPiece with the `tokenizers` package on all text of the data folder: whole texts, and the words they are cut into.

    python check_wordpiece.py DATA [PIECES]

PIECES is the program that `cargo build --release -p dragoman-reader --example pieces` builds: with it, the WordPiece in Rust is compared
too. Prints how many texts and words differ, and the first of them.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile

from tokenizers import Tokenizer

from data import WORD, lines
from start import folder, vocabulary
from wordpiece import WordPiece

SHOWN = 10  # differences that are printed


def texts(data):
    for path in sorted(glob.glob(os.path.join(data, "**/*"), recursive=True)):
        if os.path.isfile(path) and ".jsonl" in path and "/html/" not in path and "/reference/" not in path:
            for line in lines(path):
                if line.strip():
                    row = json.loads(line)
                    yield from (v for v in row.values() if isinstance(v, str))
        elif os.path.isfile(path) and (".conll" in path or ".iob2" in path):
            yield from (line for line in lines(path) if line.strip())


def units(found):
    """Each text and each word once. The program cuts words before it cuts pieces; data sets cut them at white space, the program finer."""
    distinct = {}
    for text in dict.fromkeys(found):
        distinct[text] = None
        distinct.update(dict.fromkeys(text.split()))
        distinct.update(dict.fromkeys(WORD.findall(text)))
    return list(distinct)


def of_package(units, unknown):
    package = Tokenizer.from_file(os.path.join(folder(), "tokenizer.json"))
    package.no_truncation()
    package.no_padding()
    # A word that is cleaned away stays as one unknown piece in ours, for each word needs a place.
    return [package.encode(unit, add_special_tokens=False).ids or [unknown] for unit in units]


def of_program(units, program):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "vocabulary")
        with open(path, "wb") as file:
            file.write("\n".join(vocabulary()).encode())  # as `export.py` writes it
        words = "".join(json.dumps(unit) + "\n" for unit in units)
        printed = subprocess.run([program, path], input=words, stdout=subprocess.PIPE, check=True, text=True).stdout
    return [json.loads(line) for line in printed.splitlines()]


def differences(name, units, ours, theirs):
    wrong = [(unit, a, b) for unit, a, b in zip(units, ours, theirs, strict=True) if a != b]
    names = vocabulary()
    for unit, a, b in wrong[:SHOWN]:
        at = next((k for k, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        print(f"{name} differs:", ascii(unit[:60]), [names[x] for x in a[at:at + 6]], [names[x] for x in b[at:at + 6]])
    print(f"{name}: {len(units)} texts and words, {len(wrong)} differ")
    return len(wrong)


def main(data, program=None):
    wordpiece, found = WordPiece(vocabulary()), units(texts(data))
    theirs = of_package(found, wordpiece.unknown)
    wrong = differences("Python", found, [wordpiece.word(unit) for unit in found], theirs)
    if program:
        wrong += differences("Rust", found, of_program(found, program), theirs)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not os.path.isdir(sys.argv[1]):
        sys.exit(__doc__)
    main(*sys.argv[1:])
