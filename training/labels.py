"""The label sets of the heads. They are written into the weight file, so that the program and the training cannot disagree."""

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()

XPOS = ("$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP "
        "SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB ``").split()

RELATIONS = ("acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop "
             "csubj csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj list mark nmod nmod:desc nmod:poss "
             "nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked orphan parataxis punct reparandum root "
             "vocative xcomp").split()

NAMES = "PER ORG LOC NORP ROLE UNIT OPER MISC".split()

# One layer of span labels: O, then begin, inside, end and single of each kind.
def spans(kinds):
    return ["O"] + [f"{place}-{kind}" for kind in kinds for place in "BIES"]


NAME_TAGS = spans(NAMES)
ROLES = ("source", "cue", "content")
ROLE_TAGS = spans([""])

# What the marks B, I, E, S of kind k are called by number.
def tag(kind, place):
    return 1 + 4 * kind + "BIES".index(place)


def relation(written):
    """The relation of a treebank, or its main type where the subtype is rare."""
    return written if written in RELATIONS else written.split(":")[0] if written.split(":")[0] in RELATIONS else "dep"
