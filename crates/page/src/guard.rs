//! Parsing under limits. The parser itself has none: its time grows with the square of the depth of a page and of the number of
//! attributes of a tag, so that a page of 100 kB can hold it for minutes.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, Instant};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_document};

use crate::dom::{Data, Dom, Node, NodeId};

/// The deepest page that is read as a page.
pub const MAX_DEPTH: usize = 256;
/// The most attributes that a tag may have.
pub const MAX_ATTRIBUTES: usize = 256;
/// The most nodes that a page may have.
pub const MAX_NODES: usize = 300_000;
/// The most separators (white space, quotation marks, strokes) that may stand in a page with no tag, text or comment coming to its
/// end: the attributes of a tag are counted before the tag is known.
pub const MAX_SEPARATORS: usize = 20_000;
/// What no other limit stops, the clock does.
pub const MAX_TIME: Duration = Duration::from_secs(5);

/// How much is parsed between two looks at the limits, in bytes.
const PIECE: usize = 4 << 10;
/// A stroke this many bytes behind a separator is one too; farther apart they are data (base64), not attributes.
const STROKE_REACH: usize = 24;

/// The limit that a page went over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`MAX_DEPTH`].
    Depth,
    /// [`MAX_ATTRIBUTES`] or [`MAX_SEPARATORS`].
    Attributes,
    /// [`MAX_NODES`].
    Nodes,
    /// [`MAX_TIME`].
    Time,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Depth => write!(f, "tags nest deeper than {MAX_DEPTH}"),
            Self::Attributes => write!(f, "a tag has more than {MAX_ATTRIBUTES} attributes"),
            Self::Nodes => write!(f, "there are more than {MAX_NODES} tags and pieces of text"),
            Self::Time => write!(f, "parsing took longer than {} s", MAX_TIME.as_secs()),
        }
    }
}

/// Parses a page.
///
/// # Errors
/// The limit it went over.
pub(crate) fn parse(html: &str) -> Result<Dom, Limit> {
    let start = Instant::now();
    let mut parser = parse_document(Sink::default(), ParseOpts::default());
    let mut loose = Loose::default();
    for piece in pieces(html) {
        let done = parser.tokenizer.sink.sink.steps.get();
        parser.process(StrTendril::from(piece));
        let sink = &parser.tokenizer.sink.sink;
        loose.read(piece, sink.steps.get() != done);
        if let Some(limit) = sink.over.get() {
            return Err(limit);
        }
        if loose.count > MAX_SEPARATORS {
            return Err(Limit::Attributes);
        }
        if start.elapsed() > MAX_TIME {
            return Err(Limit::Time);
        }
    }
    let sink = parser.finish();
    match sink.over.get() {
        Some(limit) => Err(limit),
        None if deepest(&sink.dom.borrow()) > MAX_DEPTH => Err(Limit::Depth),
        None => Ok(sink.dom.into_inner()),
    }
}

/// The page in pieces that end between characters.
fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let (piece, tail) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = tail;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Depth of the finished tree: nodes that were moved have brought their children along.
fn deepest(dom: &Dom) -> usize {
    let mut stack = vec![(Dom::ROOT, 0)];
    let mut deepest = 0;
    while let Some((id, depth)) = stack.pop() {
        deepest = deepest.max(depth);
        stack.extend(dom.nodes[id].children.iter().map(|c| (*c, depth + 1)));
    }
    deepest
}

/// Separators since something last came to its end.
#[derive(Debug, Default)]
struct Loose {
    count: usize,
    since: usize,
}

impl Loose {
    fn read(&mut self, piece: &str, ended: bool) {
        if ended {
            *self = Self::default();
        }
        for byte in piece.bytes() {
            let separates = match byte {
                b'/' => self.since < STROKE_REACH,
                b'"' | b'\'' => true,
                other => other.is_ascii_whitespace(),
            };
            self.count += usize::from(separates);
            self.since = if separates || byte == b'/' { 0 } else { self.since + 1 };
        }
    }
}

/// Builds the tree and keeps its limits.
#[derive(Debug)]
struct Sink {
    dom: RefCell<Dom>,
    depths: RefCell<Vec<u32>>,
    over: Cell<Option<Limit>>,
    steps: Cell<usize>,
}

/// A node as the parser holds it: its names are asked for all the time.
#[derive(Debug, Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

impl Default for Sink {
    fn default() -> Self {
        let root = Node { parent: None, children: Vec::new(), data: Data::Holder };
        Self { dom: RefCell::new(Dom { nodes: vec![root] }), depths: RefCell::new(vec![0]), over: Cell::new(None), steps: Cell::new(0) }
    }
}

impl Sink {
    fn make(&self, data: Data) -> NodeId {
        self.steps.set(self.steps.get() + 1);
        let nodes = &mut self.dom.borrow_mut().nodes;
        if nodes.len() >= MAX_NODES {
            self.over.set(Some(Limit::Nodes));
        }
        nodes.push(Node { parent: None, children: Vec::new(), data });
        self.depths.borrow_mut().push(0);
        nodes.len() - 1
    }

    fn holder(&self) -> Handle {
        Handle { id: self.make(Data::Holder), name: nameless() }
    }

    /// Hangs a node under `parent`, before the child at `at`.
    fn hang(&self, parent: NodeId, at: usize, child: NodeOrText<Handle>) {
        let child = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node.id);
                node.id
            }
            NodeOrText::AppendText(text) => {
                self.steps.set(self.steps.get() + 1);
                let before = at.checked_sub(1).map(|i| self.dom.borrow().nodes[parent].children[i]);
                if let Some(before) = before
                    && let Data::Text(there) = &mut self.dom.borrow_mut().nodes[before].data
                {
                    there.push_str(&text);
                    return;
                }
                self.make(Data::Text(text.to_string()))
            }
        };
        let depth = self.depths.borrow()[parent] + 1;
        if depth as usize > MAX_DEPTH {
            self.over.set(Some(Limit::Depth));
        }
        self.depths.borrow_mut()[child] = depth;
        let nodes = &mut self.dom.borrow_mut().nodes;
        nodes[child].parent = Some(parent);
        let at = at.min(nodes[parent].children.len());
        nodes[parent].children.insert(at, child);
    }

    fn detach(&self, id: NodeId) {
        let nodes = &mut self.dom.borrow_mut().nodes;
        if let Some(parent) = nodes[id].parent.take()
            && let Some(at) = nodes[parent].children.iter().rposition(|c| *c == id)
        {
            nodes[parent].children.remove(at);
        }
    }

    fn child_count(&self, id: NodeId) -> usize {
        self.dom.borrow().nodes[id].children.len()
    }

    fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.dom.borrow().nodes[id].parent
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: std::borrow::Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: Dom::ROOT, name: nameless() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, mut attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        if attributes.len() > MAX_ATTRIBUTES {
            self.over.set(Some(Limit::Attributes));
        }
        attributes.retain(|a| is_read(&a.name.local));
        let id = self.make(Data::Element(name.local.clone(), attributes));
        Handle { id, name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.holder()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.holder()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.hang(parent.id, self.child_count(parent.id), child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        if self.parent(element.id).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(node) = &new {
            self.detach(node.id);
        }
        let Some(parent) = self.parent(sibling.id) else { return };
        let at = self.dom.borrow().nodes[parent].children.iter().rposition(|c| *c == sibling.id);
        self.hang(parent, at.unwrap_or(0), new);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if attributes.len() > MAX_ATTRIBUTES {
            self.over.set(Some(Limit::Attributes));
        }
        if let Data::Element(_, there) = &mut self.dom.borrow_mut().nodes[target.id].data {
            let new = attributes.into_iter().filter(|a| is_read(&a.name.local));
            let missing: Vec<Attribute> = new.filter(|a| there.iter().all(|t| t.name != a.name)).collect();
            there.extend(missing);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let children = std::mem::take(&mut self.dom.borrow_mut().nodes[node.id].children);
        for child in children {
            self.dom.borrow_mut().nodes[child].parent = None;
            self.append(new_parent, NodeOrText::AppendNode(Handle { id: child, name: nameless() }));
        }
    }
}

fn nameless() -> Rc<QualName> {
    Rc::new(QualName::new(None, ns!(), local_name!("")))
}

/// What an element looks like, which tells what it is for.
const LOOKS: [&str; 8] = ["aria-hidden", "class", "data-component", "data-testid", "hidden", "id", "role", "style"];
/// What an element says about the page.
const SAYS: [&str; 8] = ["charset", "content", "datetime", "itemprop", "itemtype", "lang", "pubdate", "property"];
/// What an element refers to.
const REFERS: [&str; 7] = ["href", "http-equiv", "name", "rel", "src", "title", "type"];

/// Attributes that somebody reads. All others are dropped at once: they are most of a hostile page, and much of any other.
fn is_read(name: &str) -> bool {
    [&LOOKS[..], &SAYS, &REFERS].iter().any(|names| names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(depth: usize) -> String {
        "<div>".repeat(depth)
    }

    fn attributes(count: usize) -> String {
        let all: Vec<String> = (0..count).map(|i| format!("a{i}=1")).collect();
        format!("<p {}>Text</p>", all.join(" "))
    }

    #[test]
    fn limits_at_the_edge() {
        // html, body and the text below the innermost element are levels too
        assert!(parse(&nested(MAX_DEPTH - 2)).is_ok());
        assert_eq!(parse(&nested(MAX_DEPTH - 1)).unwrap_err(), Limit::Depth);
        assert!(parse(&attributes(MAX_ATTRIBUTES)).is_ok());
        assert_eq!(parse(&attributes(MAX_ATTRIBUTES + 1)).unwrap_err(), Limit::Attributes);
        let paragraphs = |n: usize| "<p>a".repeat(n);
        assert!(parse(&paragraphs(MAX_NODES / 2 - 4)).is_ok());
        assert_eq!(parse(&paragraphs(MAX_NODES / 2)).unwrap_err(), Limit::Nodes);
    }

    #[test]
    fn attributes_are_counted_before_the_tag_ends() {
        let names: Vec<String> = (0..MAX_SEPARATORS * 2).map(|i| format!("a{i}")).collect();
        assert_eq!(parse(&format!("<p {}", names.join(" "))).unwrap_err(), Limit::Attributes);
        assert_eq!(parse(&format!("<p {}", names.join("/"))).unwrap_err(), Limit::Attributes);
    }

    #[test]
    fn long_data_is_no_flood() {
        let data = "iVBORw0KGgoAAAANSUhEUgAAAAUA/AAFCAYAAACNbyblAAAAHElEQVQI12P4".repeat(20_000);
        let page = parse(&format!("<p>One</p><img src=\"data:image/png;base64,{data}\"><p>Two</p>")).unwrap();
        assert_eq!(page.text(Dom::ROOT), "OneTwo");
    }

    #[test]
    fn text_that_stands_wrongly_in_a_table_comes_before_it() {
        let page = parse("<table>One<tr><td>Two</table><b><p>Three</b>Four").unwrap();
        assert_eq!(page.text(Dom::ROOT), "OneTwoThreeFour");
    }
}
