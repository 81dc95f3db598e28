"""Step 1: the data folder becomes one file of documents with words and whatever labels each source has.

    python data.py DATA POLNEAR_RECORDS NEWS_RECORDS OUT

The two RECORDS are what `dragoman read --input-format jsonl --format jsonl --layers tokens` printed for the PolNeAR texts (train and dev
in one file) and for news without annotation (see silver.py), so that training sees words and sentences cut as the program cuts them.

A document: {"id", "source", "part": train|dev, "words", "start": sentence starts, "paragraph": paragraph starts} and, where the source
has them, "upos", "xpos", "head", "relation" (trees), "names" (per word the set of labels it may bear), "roles" (three layers of span
labels) and "links" (dependent, head, kind).
"""

import collections
import glob
import json
import os
import pickle
import re
import subprocess
import sys

from labels import NAME_TAGS, NAMES, ROLES, RELATIONS, UPOS, XPOS, relation, tag

OPEN_MISC = {"MISC", "NORP", "OPER"}  # what corpora with four kinds call MISC
FREE = {"NORP", "ROLE", "UNIT", "OPER", "MISC"}  # kinds that some corpora leave unmarked


def lines(path):
    if path.endswith(".zst"):
        text = subprocess.run(["zstd", "-dc", "--long=27", path], check=True, capture_output=True).stdout.decode("utf-8")
        return text.split("\n")
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")


def rows(path):
    return [json.loads(line) for line in lines(path) if line.strip()]


# ---------------------------------------------------------------- names as sets of labels
def allowed(kinds, place):
    return frozenset(tag(NAMES.index(k), place) for k in kinds)


def outside(open_kinds):
    """A word outside all marked names, where names of `open_kinds` were not marked."""
    return frozenset([0]) | frozenset(t for k in open_kinds for p in "BIES" for t in [tag(NAMES.index(k), p)])


def name_sets(words, marked, open_kinds):
    """Label sets from spans [(first, end, kinds)]. What a corpus leaves open is open only where its words are known to make such
    names: else a kind that the corpus does not know would take the place of "no name"."""
    sets = [outside({k for k in open_kinds if makes(k, word)}) for word in words]
    for first, end, kinds in marked:
        main = next(iter(kinds)) if len(kinds) == 1 else None
        sure = {main} if main else {k for k in kinds if k in MAIN or any(makes(k, w) for w in words[first:end])}
        for at in range(first, end):
            place = "S" if end - first == 1 else "B" if at == first else "E" if at == end - 1 else "I"
            sets[at] = allowed(sure, place)
    return sets


MAIN = {"PER", "ORG", "LOC", "MISC", "NORP"}
WORDS_OF = {"ROLE": set(), "UNIT": set(), "OPER": set()}  # filled from our own sentences


def makes(kind, word):
    """Whether a word may stand in a name of a kind that only our own sentences mark."""
    if kind in WORDS_OF:
        return word.lower() in WORDS_OF[kind]
    return word[:1].isupper()


def learn_words(documents):
    for document in documents:
        for word, sets in zip(document["words"], document["names"]):
            for label in sets:
                kind = NAMES[(label - 1) // 4] if label else None
                if kind in WORDS_OF and len(word) > 2 and word.isalpha() and word.lower() not in ("the", "of", "and", "for"):
                    WORDS_OF[kind].add(word.lower())


def from_bio(tags, kinds_of):
    """Spans of BIO (or IO) tags, by the kinds each written kind may be; kind None is passed over."""
    found, last = [], None
    for at, written in enumerate(tags):
        kind = written[2:] if written[:2] in ("B-", "I-") else None
        if kind and last == kind and written[0] == "I":
            found[-1][1] = at + 1
        elif kind:
            found.append([at, at + 1, kind])
        last = kind
    return [(b, e, kinds_of[k]) for b, e, k in found if kinds_of.get(k)]


# ---------------------------------------------------------------- trees
def treebank(path, source, part):
    documents, blocks, block = [], [], []
    for line in lines(path):
        if line.strip():
            block.append(line)
        elif block:
            blocks.append(block)
            block = []
    document = None
    for number, block in enumerate(blocks):
        new = next((b.split("=", 1)[-1].strip() for b in block if b.startswith("# newdoc")), None)
        if new is not None or document is None:
            document = {"id": f"{source}:{new or number}", "source": source, "part": part, "words": [], "start": [], "paragraph": [],
                        "upos": [], "xpos": [], "head": [], "relation": [], "spans_read": []}
            document.update({"entities": []} if source.startswith("gum") else {})
            documents.append(document)
        fresh = new is not None or any(b.startswith("# newpar") for b in block)
        base = len(document["words"])
        for columns in (b.split("\t") for b in block if not b.startswith("#")):
            if not columns[0].isdigit():
                continue
            first = len(document["words"]) == base
            document["words"].append(columns[1])
            document["start"].append(first)
            document["paragraph"].append(first and fresh)
            document["upos"].append(UPOS.index(columns[3]) if columns[3] in UPOS else -1)
            document["xpos"].append(XPOS.index(columns[4]) if columns[4] in XPOS else -1)
            document["head"].append(base + int(columns[6]) - 1 if columns[6] != "0" else -1)
            document["relation"].append(RELATIONS.index(relation(columns[7])))
            if "entities" in document:
                document["entities"].append(next((m[7:] for m in columns[9].split("|") if m.startswith("Entity=")), ""))
            if "Name=" in columns[9]:
                document.setdefault("bio", {})[len(document["words"]) - 1] = re.search(r"Name=([^|]+)", columns[9])[1]
        sentence = next((b.split("=", 1)[-1].strip() for b in block if b.startswith("# sent_id")), None)
        if sentence in SPANS_READ:
            document["spans_read"].append((base, len(document["words"]), SPANS_READ[sentence]))
    for document in documents:
        if "entities" in document:
            document["names"] = gum_names(document)
            del document["entities"]
        if source == "ewt" and part == "train":
            document["names"] = read_names(document)
        if source == "news":
            bio = document.pop("bio", {})
            tags = [bio.get(at, "O") for at in range(len(document["words"]))]
            document["names"] = name_sets(document["words"], from_bio(tags, {k: {k} for k in NAMES}), set())
    return documents


CALENDAR = set("""monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun""".split())
LINKING = {"of", "for", "the", "&", "-", "de"}  # words within a name, where the tree holds both sides together


def read_names(document):
    """Names of EWT by its proper nouns and the kinds in names/ewt.tsv. A run that is not listed may be
    a name of any kind, or none."""
    words = document["words"]
    marked, unsure, titles = [], set(), set()
    for first, end, title in runs(document):
        kind = "ROLE" if title else KINDS_READ.get(" ".join(words[first:end]), "?")
        if kind == "?" and not re.search(r"https?:|mailto|@|www\.", words[first]):
            unsure.update(range(first, end))
        elif kind == "ROLE":
            titles.update(range(first, end))
        elif kind in ("MISC", *MAIN):
            marked.append((first, end, OPEN_MISC if kind == "MISC" else {kind}))
    sets = name_sets(words, marked, {"ROLE", "UNIT", "OPER"})
    anything = frozenset(range(len(NAME_TAGS)))
    for at in unsure:
        sets[at] = anything
    for at in titles:
        sets[at] = outside({"ROLE"})
    # Sentences that were read word by word leave only the kinds open that were not marked in them.
    for base, end, spans in document.pop("spans_read"):
        whole = [(int(b), int(e), {k} if k != "MISC" else OPEN_MISC) for b, e, k in (s.split("-") for s in spans.split())]
        sets[base:end] = name_sets(words[base:end], whole, {"ROLE", "UNIT", "OPER"})
    return sets


def runs(document):
    """Runs of proper nouns (first, end, whether they are a title before a name); days and months are none."""
    words, relations, heads, starts = document["words"], document["relation"], document["head"], document["start"]
    title = RELATIONS.index("nmod:desc")
    joins = {RELATIONS.index(r) for r in ("nmod", "flat", "compound")}

    def proper(at):
        return XPOS[document["xpos"][at]].startswith("NNP") and words[at].lower().strip(".") not in CALENDAR and not describes(at)

    def describes(at):
        return relations[at] == title and heads[at] > at

    at = 0
    while at < len(words):
        if describes(at):
            yield at, at + 1, True
        if not proper(at):
            at += 1
            continue
        end = at + 1
        while end < len(words):
            if proper(end) and not starts[end]:
                end += 1
                continue
            if words[end].lower() not in LINKING or starts[end]:
                break
            after = end + 2 if end + 1 < len(words) and words[end + 1].lower() == "the" else end + 1
            if after >= len(words) or not proper(after):
                break
            held = at <= heads[after] < end and relations[after] in joins
            if not held and words[end] not in ("-", "&"):
                break
            end = after + 1
        yield at, end, False
        at = end


def pairs(name):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "names", name)
    return [line.split("\t") for line in lines(path) if line and not line.startswith("#")]


KINDS_READ = {run: kind for kind, run in pairs("ewt.tsv")}
SPANS_READ = dict(pairs("ewt-spans.tsv"))


def gum_names(document):
    """Names of persons, organisations and places, drawn from GUM's entity spans: the run of proper nouns around the span's head."""
    proper = [XPOS[x].startswith("NNP") if x >= 0 else False for x in document["xpos"]]
    kinds = {"person": {"PER"}, "organization": {"ORG", "UNIT"}, "place": {"LOC"}}
    kinds |= dict.fromkeys(("abstract", "event", "object", "substance", "plant"), OPEN_MISC)
    open_spans, spans = collections.defaultdict(list), []
    for at, written in enumerate(document["entities"]):
        for opening, closing in pieces(written):
            if opening:
                fields = opening.split("-")
                open_spans[fields[0]].append((at, fields))
            if closing:
                key = closing
                if open_spans[key]:
                    first, fields = open_spans[key].pop()
                    spans.append((first, at + 1, fields))
    words, marked, taken = document["words"], [], set()
    for first, end, fields in sorted(spans, key=lambda s: s[1] - s[0]):
        kind = kinds.get(fields[1] if len(fields) > 1 else "")
        head = next((h for h in range(first, end) if not first <= document["head"][h] < end), None)
        if not kind or head is None or not proper[head] or head in taken:
            continue
        lo = hi = head
        while lo > first and (proper[lo - 1] or words[lo - 1] == "-") and document["relation"][lo - 1] != RELATIONS.index("nmod:desc"):
            lo -= 1
        while hi + 1 < end and (proper[hi + 1] or (words[hi + 1] in ("-", "of", "and", "&", "'s", "de", "the", "for") and hi + 2 < end
                                                   and proper[hi + 2] and fields[1] == "organization")):
            hi += 1
        if any(k in taken for k in range(lo, hi + 1)):
            continue
        taken.update(range(lo, hi + 1))
        marked.append((lo, hi + 1, kind))
    sets = name_sets(words, marked, set())
    anything = frozenset(range(len(NAME_TAGS)))
    for at in range(len(words)):
        if at not in taken:
            sets[at] = anything if proper[at] else outside({k for k in FREE if makes(k, words[at])})
    return sets


def pieces(written):
    """(opening fields, closing key) pairs of one word's Entity value, in order."""
    for match in re.finditer(r"\(([^()]*)(\))?|([^()]+)\)", written):
        if match[1] is not None:
            yield match[1], (match[1].split("-")[0] if match[2] else None)
        else:
            yield None, match[3].split("-")[0]


# ---------------------------------------------------------------- names
def held_out(number):
    """Which documents of Wikigold are kept for measuring: every fifth."""
    return number % 5 == 4


def tagged(path, source, kinds_of, open_kinds, by_document):
    """CoNLL or IOB2 files with one tag a word."""
    groups, sentences, words, tags = [], [], [], []

    def sentence():
        nonlocal words, tags
        if words:
            sentences.append((words, tags))
        words, tags = [], []

    def group():
        nonlocal sentences
        sentence()
        if sentences:
            groups.append(sentences)
        sentences = []

    for line in lines(path):
        line = line.rstrip("\r")
        if line.startswith("-DOCSTART-") or line.startswith("# newdoc"):
            group()
        elif line.startswith("# ") and "\t" not in line:
            continue
        elif not line.strip():
            sentence()
            if not by_document:
                group()
        else:
            columns = line.split("\t") if "\t" in line else line.rsplit(" ", 1)
            numbered = columns[0].isdigit() and len(columns) > 2
            words.append(columns[1] if numbered else columns[0])
            tags.append(columns[2] if numbered else columns[1])
    group()
    for number, group_ in enumerate(groups):
        flat = [(w, t, at == 0) for ws, ts in group_ for at, (w, t) in enumerate(zip(ws, ts))]
        marked = from_bio([t for _, t, _ in flat], kinds_of)
        unscored = {k for k in set(t[2:] for _, t, _ in flat if t != "O") if k not in kinds_of}
        assert not unscored, unscored
        # The words of these files are cut at white space; the program cuts hyphens and marks off.
        words, starts, spans = recut(flat, marked)
        yield {"id": f"{source}:{number}", "source": source, "words": words, "start": starts, "paragraph": [k == 0 for k in range(len(words))],
               "names": name_sets(words, spans, open_kinds)}


def recut(flat, marked):
    """Words at the program's grain: hyphens between letters stand alone."""
    words, starts, place = [], [], []
    for word, _, first in flat:
        parts = [p for p in re.split(r"(-)", word) if p] if re.fullmatch(r"[^\W\d]{2,}(-[^\W\d]{2,})+", word) else [word]
        place.append((len(words), len(words) + len(parts)))
        starts += [first] + [False] * (len(parts) - 1)
        words += parts
    return words, starts, [(place[b][0], place[e - 1][1], k) for b, e, k in marked]


INLINE = re.compile(r"\[(%s) ([^\]]+)\]" % "|".join(NAMES))
WORD = re.compile(r"[A-Z]\.(?:[A-Z]\.)+|(?:Gen|Lt|Col|Maj|Brig|Sgt|Capt|Cmdr|Adm|Dr|Mr|Mrs|Ms|St|No|Rev|Sen|Rep|Gov|Prof|Jr|Sr)\.|n't|'(?:s|re|ve|ll|d|m)\b|"
                  r"’(?:s|re|ve|ll|d|m)\b|[@#]\w+|\d[\d,.]*\d|[A-Za-z]+-\d+\w*|(?:al|el|ad|an|ar|as|ash|at|az)-\w+|\w+?(?=n't)|\w+|[^\w\s]", re.I)


def inline(path, source):
    """Our own sentences with names marked in brackets."""
    for number, line in enumerate(lines(path)):
        if not line.strip():
            continue
        words, marked, at = [], [], 0
        for match in INLINE.finditer(line):
            words += WORD.findall(line[at:match.start()])
            inside = WORD.findall(match[2])
            marked.append((len(words), len(words) + len(inside), {match[1]}))
            words += inside
            at = match.end()
        words += WORD.findall(line[at:])
        if words:
            yield {"id": f"{source}:{number}", "source": source, "part": "train", "words": words,
                   "start": [k == 0 for k in range(len(words))], "paragraph": [k == 0 for k in range(len(words))],
                   "names": name_sets(words, marked, set())}


# ---------------------------------------------------------------- attribution
def polnear(data, records):
    cut = {}
    for line in lines(records):
        if line.strip():
            record = json.loads(line)
            if "report" in record:
                cut.setdefault(record["report"]["source_id"], record)
    for part in ("train", "dev"):
        silver = corenlp(glob.glob(os.path.join(data, f"polnear/corenlp-silver-{part}.conll*"))[0])
        for row in rows(glob.glob(os.path.join(data, f"polnear/{part}.jsonl*"))[0]):
            if row["primary"]:
                yield attributed(row, cut[row["id"]], part, silver.get(row["id"], {}))


def corenlp(path):
    """Automatic tags and names by document and offset: {(begin, end): (tag, name)}."""
    found, current = {}, {}
    for line in lines(path):
        if line.startswith("# newdoc id = "):
            current = found.setdefault(line[14:].strip(), {})
        columns = line.split("\t")
        if len(columns) == 8:
            begin, end = map(int, columns[7].split(":"))
            current[begin, end] = (columns[3], columns[4].split("=")[0])
    return found


def printed(record, source, part):
    """The words of a record."""
    text, words = record["report"]["text"], [tuple(t["span"]) for t in record["tokens"]]
    starts = {s["span"][0] for s in record["sentences"]}
    before = [0] + [e for _, e in words]
    return {"id": f"{source}:{record['report']['source_id']}", "source": source, "part": part, "words": [text[b:e] for b, e in words],
            "start": [b in starts for b, _ in words], "paragraph": [last == 0 or "\n" in text[last:b] for last, (b, _) in zip(before, words)]}


def attributed(row, record, part, silver):
    text, words = row["text"], [tuple(t["span"]) for t in record["tokens"]]
    assert record["report"]["text"] == text, row["id"]
    document = {**printed(record, "polnear", part), "links": [], "key": row["id"]}
    begins, ends = {b: n for n, (b, _) in enumerate(words)}, {e: n for n, (_, e) in enumerate(words)}

    def covered(span):
        """The words of a span of characters: those that lie at least half within it."""
        inside = [n for n in range(len(words)) if min(words[n][1], span[1]) - max(words[n][0], span[0]) > (words[n][1] - words[n][0]) / 2]
        return (inside[0], inside[-1] + 1) if inside else None

    layers, kept = {role: [0] * len(words) for role in ROLES}, collections.Counter()
    for attribution in row["attributions"]:
        spans = {role: [s for s in map(covered, map(tuple, attribution[role])) if s] for role in ROLES}
        for role in ROLES:
            for first, end in spans[role]:
                for at in range(first, end):
                    place = "S" if end - first == 1 else "B" if at == first else "E" if at == end - 1 else "I"
                    layers[role][at] = 1 + "BIES".index(place)
        if spans["cue"]:
            cue = spans["cue"][0][0]
            if spans["source"]:
                document["links"].append((cue, spans["source"][0][0], 0))
            for first, _ in spans["content"]:
                document["links"].append((first, cue, 1))
    document["roles"] = [layers[role] for role in ROLES]
    tags, bio = [], []
    for span in words:
        xpos, name = silver.get(span, ("", "?"))
        tags.append(XPOS.index(xpos) if xpos in XPOS else -1)
        bio.append("I-" + name if name in ("PERSON", "ORGANIZATION", "LOCATION", "MISC") else name)
    kinds = {"PERSON": {"PER"}, "ORGANIZATION": {"ORG", "UNIT"}, "LOCATION": {"LOC"}, "MISC": OPEN_MISC}
    names = name_sets(document["words"], from_bio(bio, kinds), {"ROLE"})
    anything = frozenset(range(len(NAME_TAGS)))
    document["silver_xpos"] = tags
    document["silver_names"] = [anything if b == "?" else n for b, n in zip(bio, names)]
    return document


def main(data, records, news, out):
    here = os.path.dirname(os.path.abspath(__file__))
    documents = [d for path in sorted(glob.glob(os.path.join(here, "names/*.txt"))) for d in inline(path, "own-names")]
    learn_words(documents)
    for source, file in (("ewt", "ewt"), ("gum", "gum-open")):
        for part in ("train", "dev"):
            documents += treebank(glob.glob(os.path.join(data, f"ud/{file}-{part}.conllu*"))[0], source, part)
    # Annotated news sentences of our own, to measure with; there are none yet.
    for path in sorted(glob.glob(os.path.join(here, "../gold/*.conllu"))):
        documents += treebank(path, "news", "dev")
    four = {"PER": {"PER"}, "ORG": {"ORG", "UNIT"}, "LOC": {"LOC"}, "MISC": OPEN_MISC}
    for number, document in enumerate(tagged(os.path.join(data, "ner/wikigold-train.conll"), "wikigold", four, {"ROLE"}, True)):
        documents.append({**document, "part": "dev" if held_out(number) else "train"})
    six = {"person": {"PER"}, "location": {"LOC"}, "corporation": {"ORG"}, "group": {"ORG", "NORP", "UNIT"}, "product": {"MISC"},
           "creative-work": {"MISC"}}
    for part in ("train", "dev"):
        found = tagged(os.path.join(data, f"ner/wnut17-{part}.conll"), "wnut17", six, {"NORP", "ROLE", "OPER"}, False)
        documents += [{**d, "part": part} for d in found]
    three = {"PER": {"PER"}, "ORG": {"ORG"}, "LOC": {"LOC"}}
    documents += [{**d, "part": "dev"} for d in tagged(os.path.join(data, "ner/uner-ewt-dev.iob2"), "uner", three, FREE, True)]
    documents += polnear(data, records)
    documents += [printed(json.loads(line), "news-silver", "train") for line in lines(news) if '"report"' in line]
    with open(out, "wb") as file:
        pickle.dump(documents, file)
    count = collections.Counter()
    for d in documents:
        count[d["source"], d["part"], "documents"] += 1
        count[d["source"], d["part"], "words"] += len(d["words"])
    for key, value in sorted(count.items()):
        print(*key, value)


if __name__ == "__main__":
    if len(sys.argv) != 5 or not os.path.isdir(sys.argv[1]):
        sys.exit(__doc__)
    main(*sys.argv[1:])
