"""WordPiece as BERT's uncased vocabulary defines it. `crates/reader/src/wordpiece.rs` is the same in Rust; `check_wordpiece.py` compares
both with the `tokenizers` package on whole corpora."""

import unicodedata

MAX_WORD = 100  # characters; a longer run of letters is one unknown piece, as in the original


class WordPiece:
    def __init__(self, vocabulary):
        self.ids = {piece: n for n, piece in enumerate(vocabulary)}
        self.unknown, self.first, self.end = self.ids["[UNK]"], self.ids["[CLS]"], self.ids["[SEP]"]
        self.cache = {}

    def word(self, text):
        """The pieces of one word of running text; never none."""
        found = self.cache.get(text)
        if found is None:
            found = self.text(text) or [self.unknown]
            self.cache[text] = found
        return found

    def text(self, text):
        pieces = []
        for run in basic(text):
            pieces += self.greedy(run)
        return pieces

    def greedy(self, run):
        if len(run) > MAX_WORD:
            return [self.unknown]
        pieces, start = [], 0
        while start < len(run):
            end = len(run)
            while end > start:
                piece = self.ids.get(("##" if start else "") + run[start:end])
                if piece is not None:
                    break
                end -= 1
            else:
                return [self.unknown]
            pieces.append(piece)
            start = end
        return pieces


def basic(text):
    """Runs of letters and lone marks: cleaned, lower case, without accents."""
    cleaned = []
    for c in text:
        if c in "\0\ufffd" or is_control(c):
            continue
        if is_space(c):
            cleaned.append(" ")
        elif is_ideograph(c):
            cleaned += (" ", c, " ")
        else:
            cleaned.append(c)
    stripped = (c for c in unicodedata.normalize("NFD", "".join(cleaned)) if unicodedata.category(c) != "Mn")
    runs, run = [], ""
    # Letter by letter, or a capital sigma would become another letter at the end of a word.
    for c in "".join(map(str.lower, stripped)):
        if c.isspace() or is_mark(c):
            if run:
                runs.append(run)
            run = ""
            if not c.isspace():
                runs.append(c)
        else:
            run += c
    return runs + [run] if run else runs


def is_space(c):
    return c in " \t\n\r" or unicodedata.category(c) == "Zs"


def is_control(c):
    return c not in "\t\n\r" and unicodedata.category(c) in ("Cc", "Cf", "Cn", "Co")


def is_mark(c):
    n = ord(c)
    ascii_mark = 33 <= n <= 47 or 58 <= n <= 64 or 91 <= n <= 96 or 123 <= n <= 126
    return ascii_mark or unicodedata.category(c).startswith("P")


def is_ideograph(c):
    n = ord(c)
    return (0x4E00 <= n <= 0x9FFF or 0x3400 <= n <= 0x4DBF or 0x20000 <= n <= 0x2A6DF or 0x2A700 <= n <= 0x2B73F
            or 0x2B740 <= n <= 0x2B81F or 0x2B820 <= n <= 0x2CEAF or 0xF900 <= n <= 0xFAFF or 0x2F800 <= n <= 0x2FA1F)
