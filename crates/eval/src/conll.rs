//! Blocks of CoNLL-like files: sentences between empty lines, with comments.

/// One sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Block<'t> {
    /// The number of its first line, from 1.
    pub(crate) line: usize,
    pub(crate) comments: Vec<&'t str>,
    /// Rows with columns, each with the number of its line.
    pub(crate) rows: Vec<(usize, Vec<&'t str>)>,
}

impl<'t> Block<'t> {
    /// The text of the comment `# name = ...`.
    pub(crate) fn comment(&self, name: &str) -> Option<&'t str> {
        self.comments.iter().find_map(|c| c.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(" = "))
    }

    /// The name of the document that begins here.
    pub(crate) fn document(&self) -> Option<&'t str> {
        let line = *self.comments.iter().find(|c| c.starts_with("# newdoc"))?;
        Some(line.split_once('=').map_or(line, |(_, name)| name).trim())
    }

    pub(crate) fn begins_paragraph(&self) -> bool {
        self.comments.iter().any(|c| c.starts_with("# newpar"))
    }
}

/// The sentences of a CoNLL-U file.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let (mut all, mut block) = (Vec::new(), Block::default());
    for (number, line) in text.split('\n').chain([""]).enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            if block != Block::default() {
                all.push(std::mem::take(&mut block));
            }
            continue;
        }
        if block == Block::default() {
            block.line = number + 1;
        }
        if line.starts_with('#') && !line.contains('\t') {
            block.comments.push(line);
        } else {
            block.rows.push((number + 1, line.split('\t').collect()));
        }
    }
    all
}
