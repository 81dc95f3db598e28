//! The best tree over a sentence, after Chu and Liu (1965) and Edmonds (1967).

/// Scores of heads: `scores[d * n + h]` is how well word `h` is the head of word `d`; of itself, how well it is the root.
#[derive(Debug)]
pub(crate) struct Arcs {
    pub(crate) words: usize,
    pub(crate) scores: Vec<f32>,
}

/// Roots that are tried where the best heads make no tree.
const ROOTS: usize = 3;
const NEVER: f32 = -1e9;

impl Arcs {
    fn score(&self, dependent: usize, head: usize) -> f32 {
        self.scores[dependent * self.words + head]
    }

    /// The head of each word, the root being its own.
    pub(crate) fn heads(&self) -> Vec<usize> {
        let greedy: Vec<usize> = (0..self.words).map(|d| best((0..self.words).map(|h| (self.score(d, h), h)))).collect();
        let roots = greedy.iter().enumerate().filter(|(d, h)| d == *h).count();
        if roots == 1 && cycle(&greedy).is_none() {
            return greedy; // the best heads of all are a tree already
        }
        let mut order: Vec<usize> = (0..self.words).collect();
        order.sort_by(|a, b| self.score(*b, *b).total_cmp(&self.score(*a, *a)).then(a.cmp(b)));
        let mut found: Option<(f32, Vec<usize>)> = None;
        for root in order.into_iter().take(ROOTS) {
            let heads = Graph::rooted(self, root).tree();
            let value = heads.iter().enumerate().map(|(d, h)| self.score(d, *h)).sum();
            if found.as_ref().is_none_or(|(best, _)| value > *best) {
                found = Some((value, heads));
            }
        }
        found.map(|(_, heads)| heads).unwrap_or_default()
    }
}

/// A graph whose root is chosen; circles in it are drawn together to single nodes.
struct Graph {
    nodes: usize,
    scores: Vec<f32>,
    root: usize,
}

impl Graph {
    fn rooted(arcs: &Arcs, root: usize) -> Self {
        let nodes = arcs.words;
        let mut scores = arcs.scores.clone();
        for node in 0..nodes {
            scores[node * nodes + node] = NEVER;
            scores[root * nodes + node] = if node == root { 0.0 } else { NEVER };
        }
        Self { nodes, scores, root }
    }

    fn score(&self, dependent: usize, head: usize) -> f32 {
        self.scores[dependent * self.nodes + head]
    }

    fn tree(&self) -> Vec<usize> {
        let mut heads: Vec<usize> = (0..self.nodes).map(|d| best((0..self.nodes).map(|h| (self.score(d, h), h)))).collect();
        heads[self.root] = self.root;
        let Some(circle) = cycle(&heads) else { return heads };
        let mut inside = vec![false; self.nodes];
        for node in &circle {
            inside[*node] = true;
        }
        let rest: Vec<usize> = (0..self.nodes).filter(|n| !inside[*n]).collect();
        let (small, enter, leave) = self.contracted(&rest, &circle, &heads);
        let found = small.tree();
        for (number, node) in rest.iter().enumerate().filter(|(_, n)| **n != self.root) {
            let head = found[number];
            heads[*node] = if head == rest.len() { leave[number] } else { rest[head] };
        }
        let entry = found[rest.len()];
        heads[enter[entry]] = rest[entry];
        heads
    }

    /// The graph with the circle as one node, its last; where each other node's arc enters it, and where an arc from it leaves.
    fn contracted(&self, rest: &[usize], circle: &[usize], heads: &[usize]) -> (Self, Vec<usize>, Vec<usize>) {
        let nodes = rest.len() + 1;
        let mut scores = vec![NEVER; nodes * nodes];
        let (mut enter, mut leave) = (Vec::new(), Vec::new());
        for (number, node) in rest.iter().enumerate() {
            for (other, head) in rest.iter().enumerate() {
                scores[number * nodes + other] = self.score(*node, *head);
            }
            let out = best(circle.iter().map(|c| (self.score(*node, *c), *c)));
            scores[number * nodes + rest.len()] = self.score(*node, out);
            leave.push(out);
            let gain = |c: usize| self.score(c, *node) - self.score(c, heads[c]);
            let into = best(circle.iter().map(|c| (gain(*c), *c)));
            scores[rest.len() * nodes + number] = gain(into);
            enter.push(into);
        }
        let root = rest.iter().position(|n| *n == self.root).unwrap_or_default(); // the root is in no circle
        (Self { nodes, scores, root }, enter, leave)
    }
}

/// The index of the highest score, the first of equals.
fn best(found: impl Iterator<Item = (f32, usize)>) -> usize {
    found.fold((f32::NEG_INFINITY, 0), |best, next| if next.0 > best.0 { next } else { best }).1
}

/// The nodes of a circle of heads, a root (its own head) left out of account.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while seen[at] == 0 && heads[at] != at {
            seen[at] = start + 1;
            at = heads[at];
        }
        if seen[at] == start + 1 && heads[at] != at {
            let mut circle = vec![at];
            let mut next = heads[at];
            while next != at {
                circle.push(next);
                next = heads[next];
            }
            return Some(circle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arcs(words: usize, scores: &[f32]) -> Vec<usize> {
        Arcs { words, scores: scores.to_vec() }.heads()
    }

    #[test]
    fn the_best_heads_where_they_are_a_tree() {
        assert_eq!(arcs(3, &[0., 5., 0., 1., 9., 0., 0., 4., 1.]), [1, 1, 1]);
        assert_eq!(arcs(1, &[0.0]), [0]);
        assert_eq!(arcs(0, &[]), Vec::<usize>::new());
    }

    #[test]
    fn a_circle_is_broken_where_it_costs_least() {
        // 0 and 1 prefer each other; 2 is the best root
        assert_eq!(arcs(3, &[0., 9., 8., 9., 0., 2., 0., 0., 5.]), [2, 0, 2]);
    }

    #[test]
    fn always_a_tree_with_one_root_and_never_worse_than_another() {
        let mut seed = 7_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 40) % 1000) as f32 / 100.0
        };
        for words in 2..=4_usize {
            for _ in 0..200 {
                let scores: Vec<f32> = (0..words * words).map(|_| next()).collect();
                let arcs = Arcs { words, scores };
                let heads = arcs.heads();
                assert_eq!(heads.iter().enumerate().filter(|(d, h)| d == *h).count(), 1);
                assert_eq!(cycle(&heads), None);
                let value = |heads: &[usize]| heads.iter().enumerate().map(|(d, h)| arcs.score(d, *h)).sum::<f32>();
                let every = (0..words.pow(u32::try_from(words).unwrap_or_default()))
                    .map(|n| (0..words).scan(n, |n, _| Some((std::mem::replace(n, *n / words)) % words)).collect::<Vec<_>>());
                let trees = every.filter(|h| h.iter().enumerate().filter(|(d, h)| d == *h).count() == 1 && cycle(h).is_none());
                let best = trees.map(|h| value(&h)).fold(f32::MIN, f32::max);
                // Three roots are tried of at most four.
                assert!(words == 4 || (value(&heads) - best).abs() < 1e-3, "{words} {best} {heads:?}");
            }
        }
    }
}
