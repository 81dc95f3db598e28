//! The tree of a page: an arena without pointers, walked without recursion.

use html5ever::{Attribute, LocalName};

/// Position of a node in its [`Dom`].
pub(crate) type NodeId = usize;

/// The tree of a page. Node 0 is the document.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    pub(crate) nodes: Vec<Node>,
}

/// A node and its place in the tree.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) parent: Option<NodeId>,
    pub(crate) children: Vec<NodeId>,
    pub(crate) data: Data,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data {
    /// The document, or what else holds only children.
    Holder,
    /// An element with those of its attributes that are read.
    Element(LocalName, Vec<Attribute>),
    /// Text.
    Text(String),
}

/// A step of a walk through the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Into a node; all its children follow.
    Enter(NodeId),
    /// Out of a node that has been entered.
    Leave(NodeId),
}

impl Dom {
    /// The root, which holds the page.
    pub(crate) const ROOT: NodeId = 0;

    /// The tag's name, empty for what is no element.
    pub(crate) fn tag(&self, id: NodeId) -> &str {
        match &self.nodes[id].data {
            Data::Element(name, _) => name,
            _ => "",
        }
    }

    /// An attribute's value, trimmed; `None` if it is absent or empty.
    pub(crate) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let Data::Element(_, attributes) = &self.nodes[id].data else { return None };
        let found = attributes.iter().find(|a| &*a.name.local == name)?;
        Some(found.value.trim()).filter(|v| !v.is_empty())
    }

    /// Whether the element has the attribute, with a value or without.
    pub(crate) fn has(&self, id: NodeId, name: &str) -> bool {
        matches!(&self.nodes[id].data, Data::Element(_, attributes) if attributes.iter().any(|a| &*a.name.local == name))
    }

    /// All nodes under `from` and itself, in the order of the page; `skip` leaves out a node with all that is in it.
    pub(crate) fn walk<'d>(&'d self, from: NodeId, skip: impl Fn(&Self, NodeId) -> bool + 'd) -> impl Iterator<Item = Step> + 'd {
        let mut stack = vec![Step::Enter(from)];
        std::iter::from_fn(move || {
            let step = stack.pop()?;
            if let Step::Enter(id) = step {
                stack.push(Step::Leave(id));
                stack.extend(self.nodes[id].children.iter().rev().filter(|c| !skip(self, **c)).map(|c| Step::Enter(*c)));
            }
            Some(step)
        })
    }

    /// The elements under `from` in the order of the page.
    pub(crate) fn elements(&self, from: NodeId) -> impl Iterator<Item = NodeId> {
        self.walk(from, |_, _| false).filter_map(|step| match step {
            Step::Enter(id) if matches!(self.nodes[id].data, Data::Element(..)) => Some(id),
            _ => None,
        })
    }

    /// The elements of one tag.
    pub(crate) fn tagged<'d>(&'d self, tag: &'d str) -> impl Iterator<Item = NodeId> + 'd {
        self.elements(Self::ROOT).filter(move |id| self.tag(*id) == tag)
    }

    /// All text under `from`, as it stands.
    pub(crate) fn text(&self, from: NodeId) -> String {
        let mut text = String::new();
        for step in self.walk(from, |_, _| false) {
            if let Step::Enter(id) = step
                && let Data::Text(piece) = &self.nodes[id].data
            {
                text.push_str(piece);
            }
        }
        text
    }

    /// The nodes above `id`, nearest first.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.nodes[id].parent, |id| self.nodes[*id].parent)
    }
}
