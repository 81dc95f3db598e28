"""Documents become windows of pieces, as the program cuts them (`crates/reader/src/windows.rs`).

A window is `[CLS]`, the pieces of its words with `[SEP]` before each new paragraph, `[SEP]`. A word is read at its first piece. Each
piece also bears the shape of its word, since the vocabulary knows no capitals, and whether it stands within quotation marks.
"""

import random
import unicodedata

MOST_PIECES_OF_A_WORD = 12  # of one word; a longer one (an address, a hash) is read by its first pieces
SHAPES = 9  # see shape()


def shape(word):
    """1 lower case, 2 Capitalised, 3 CAPITALS, 4 mIxed, 5 one capital, 6 number, 7 letters and digits, 8 marks and all else."""
    letters = [c for c in word if c.isalpha()]
    digits = any(unicodedata.category(c)[0] == "N" for c in word)
    if digits:
        return 7 if letters else 6
    if not letters:
        return 8
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 1
    if all(upper):
        return 5 if len(letters) == 1 else 3
    return 2 if upper[0] and not any(upper[1:]) else 4


def quoted(words, paragraphs):
    """For each word whether it stands within double quotation marks; the marks themselves count as within."""
    inside, found = False, []
    for word, fresh in zip(words, paragraphs):
        inside = inside and not fresh
        opens = word in ("“", "``", "«", "„") or (word in ('"', "''") and not inside)
        closes = not opens and (word in ("”", '"', "''", "»"))
        found.append(inside or opens)
        inside = (inside or opens) and not closes
    return found


def features(words, quotes, wordpiece):
    """For each word its pieces and the feature of the first piece and of those that follow."""
    for word, quote in zip(words, quotes):
        kind = shape(word) + (2 * SHAPES if quote else 0)
        yield wordpiece.word(word)[:MOST_PIECES_OF_A_WORD], kind, kind + SHAPES


FEATURES = 4 * SHAPES


def window(document, first, end, wordpiece):
    """The window over words first..end: ids, features, and the position of each word."""
    ids, kinds, at = [wordpiece.first], [0], []
    prepared = document["pieces"]
    for n in range(first, end):
        if document["paragraph"][n] and n > first:
            ids.append(wordpiece.end)
            kinds.append(0)
        pieces, head, rest = prepared[n]
        at.append(len(ids))
        ids += pieces
        kinds += [head] + [rest] * (len(pieces) - 1)
    return ids + [wordpiece.end], kinds + [0], at


def prepare(document, wordpiece, case=None):
    words = document["words"] if case is None else [case(w) for w in document["words"]]
    document["pieces"] = list(features(words, quoted(document["words"], document["paragraph"]), wordpiece))
    document["costs"] = [len(p) + (1 if fresh else 0) for (p, _, _), fresh in zip(document["pieces"], document["paragraph"])]


def cut(document, limit, jitter=None):
    """(first, end) of windows of whole sentences of at most `limit` pieces; a sentence longer than that is cut."""
    bounds = [n for n, s in enumerate(document["start"]) if s] + [len(document["words"])]
    spans, first, cost = [], 0, 2
    now = limit if jitter is None else jitter(limit)
    for begin, end in zip(bounds, bounds[1:]):
        price = sum(document["costs"][begin:end])
        if begin > first and cost + price > now:
            spans.append((first, begin))
            first, cost = begin, 2
            now = limit if jitter is None else jitter(limit)
        cost += price
        while cost > limit:
            stop, cost = first, 2
            while stop < end and cost + document["costs"][stop] <= limit:
                cost += document["costs"][stop]
                stop += 1
            spans.append((first, stop))
            first, cost = stop, 2 + sum(document["costs"][stop:end])
    if first < bounds[-1]:
        spans.append((first, bounds[-1]))
    return spans


def jitter(rng: random.Random):
    return lambda limit: rng.choice((limit, limit, limit, limit // 2, limit // 4))
