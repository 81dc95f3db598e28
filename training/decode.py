"""Labels from scores: the best path through span labels, the best tree. `crates/reader/src/decode.rs` does the same."""

import numpy as np

FAR = -1e9


def transitions(labels):
    """Which label may follow which: spans are begun, continued and ended in their own kind."""
    allowed = np.zeros((labels, labels), bool)
    for a in range(labels):
        open_ = a > 0 and (a - 1) % 4 in (0, 1)
        for b in range(labels):
            place = None if b == 0 else (b - 1) % 4
            if open_:
                allowed[a, b] = place in (1, 2) and (a - 1) // 4 == (b - 1) // 4
            else:
                allowed[a, b] = place is None or place in (0, 3)
    return allowed


def best_spans(scores, breaks=None):
    """[(first, end, kind)] of the best path."""
    n, labels = scores.shape
    if n == 0:
        return []
    allowed = transitions(labels)
    first = np.array([b == 0 or (b - 1) % 4 in (0, 3) for b in range(labels)])
    last = np.array([b == 0 or (b - 1) % 4 in (2, 3) for b in range(labels)])
    value = np.where(first, scores[0], FAR)
    back = np.zeros((n, labels), int)
    for t in range(1, n):
        step = np.where(allowed, value[:, None], FAR)
        back[t] = step.argmax(0)
        value = step.max(0) + scores[t]
    at = int(np.where(last, value, FAR).argmax())
    path = [at]
    for t in range(n - 1, 0, -1):
        at = int(back[t][at])
        path.append(at)
    path.reverse()
    spans, begun = [], 0
    for t, label in enumerate(path):
        if label == 0:
            continue
        place, kind = (label - 1) % 4, (label - 1) // 4
        if place in (0, 3):
            begun = t
        if place in (2, 3):
            spans.append((begun, t + 1, kind))
    return spans


def best_tree(scores):
    """Heads of the best tree with one root (a word that is its own head), after Chu, Liu and Edmonds."""
    n = len(scores)
    if n == 0:
        return []
    root_scores = np.diag(scores).copy()
    inner = scores.copy()
    np.fill_diagonal(inner, FAR)
    best, best_value = None, -np.inf
    for root in np.argsort(-root_scores)[:3]:
        heads = arborescence(inner, int(root))
        value = root_scores[root] + sum(inner[d, h] for d, h in enumerate(heads) if d != root)
        if value > best_value:
            best, best_value = heads, value
    return best


def arborescence(scores, root):
    n = len(scores)
    s = scores.copy()
    s[root] = FAR
    s[root, root] = 0
    heads = s.argmax(1)
    heads[root] = root
    cycle = find_cycle(heads, root)
    if cycle is None:
        return list(map(int, heads))
    inside = np.zeros(n, bool)
    inside[cycle] = True
    rest = [k for k in range(n) if not inside[k]]
    number = {k: i for i, k in enumerate(rest)}
    m = len(rest)
    small = np.full((m + 1, m + 1), FAR)
    enter, leave = {}, {}
    gain = sum(s[d, heads[d]] for d in cycle)
    for d in rest:
        for h in rest:
            small[number[d], number[h]] = s[d, h]
        h = max(cycle, key=lambda c: s[d, c])
        small[number[d], m], leave[d] = s[d, h], h
    for h in rest:
        d = max(cycle, key=lambda c: s[c, h] - s[c, heads[c]])
        small[m, number[h]], enter[h] = s[d, h] - s[d, heads[d]] + gain, d
    found = arborescence(small, number[root])
    result = list(map(int, heads))
    for d in rest:
        if d != root:
            h = found[number[d]]
            result[d] = leave[d] if h == m else rest[h]
    h = rest[found[m]]
    result[enter[h]] = h
    result[root] = root
    return result


def find_cycle(heads, root):
    n, state = len(heads), [0] * len(heads)
    state[root] = 2
    for start in range(n):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if state[at] == 1:
            return path[path.index(at):]
        for k in path:
            state[k] = 2
    return None
