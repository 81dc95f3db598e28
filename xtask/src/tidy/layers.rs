//! The map of the crates: each is named in `ARCHITECTURE.md`, and depends only on crates of lower layers.

use super::{Fault, TextFile};

const WORKSPACE: &str = "Cargo.toml";
const ARCHITECTURE: &str = "ARCHITECTURE.md";
/// The comment in the workspace manifest that begins the list of layers, which ends with an empty line.
const LAYERS: &str = "bottom layer first";
/// The program itself, which no crate can depend on: above all layers.
const PROGRAM: &str = "dragoman";
/// Siblings that do not see one another.
const RESOLVERS: [&str; 4] = ["dragoman-quantity", "dragoman-time", "dragoman-geo", "dragoman-actor"];

pub(super) fn faults(files: &[TextFile]) -> Vec<Fault> {
    let crates: Vec<Crate<'_>> = files.iter().filter_map(Crate::of).collect();
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let unnamed = find(ARCHITECTURE).map(|page| unnamed(page, &crates));
    let misplaced = find(WORKSPACE).map(|workspace| crates.iter().flat_map(|c| c.faults(&layers(workspace))).collect());
    [unnamed, misplaced].into_iter().flatten().flat_map(|faults: Vec<Fault>| faults).collect()
}

/// A crate by its manifest.
struct Crate<'f> {
    manifest: &'f TextFile,
    folder: &'f str,
}

impl<'f> Crate<'f> {
    fn of(manifest: &'f TextFile) -> Option<Self> {
        let folder = manifest.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        Some(Self { manifest, folder })
    }

    fn name(&self) -> &'f str {
        let name = self.manifest.text.lines().find_map(|line| line.strip_prefix("name = "));
        name.map_or("", |name| name.trim_matches('"'))
    }

    /// Our own crates that it is built with, and the lines that say so. What only its tests use does not count.
    fn dependencies(&self) -> Vec<(usize, &'f str)> {
        let mut section = "";
        let mut found = Vec::new();
        for (n, line) in self.manifest.text.lines().enumerate().map(|(n, line)| (n + 1, line)) {
            if line.starts_with('[') {
                section = line;
            } else if section.ends_with("dependencies]") && !section.ends_with("dev-dependencies]") {
                let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
                found.extend(name.starts_with("dragoman").then_some((n, name)));
            }
        }
        found
    }

    fn faults(&self, layers: &[&str]) -> Vec<Fault> {
        let name = self.name();
        let Some(own) = height(name, layers) else {
            return vec![self.manifest.fault(1, format!("{name} is not in the list of layers in the workspace manifest"))];
        };
        let judge = |(line, on): (usize, &str)| {
            let sibling = RESOLVERS.contains(&name) && RESOLVERS.contains(&on);
            let reason = match height(on, layers) {
                None => format!("{on} is not in the list of layers"),
                Some(other) if other >= own => format!("{name} depends upward on {on}"),
                Some(_) if sibling => format!("{name} and {on} are siblings that do not see one another"),
                Some(_) => return None,
            };
            Some(self.manifest.fault(line, reason))
        };
        self.dependencies().into_iter().filter_map(judge).collect()
    }
}

/// The number of the layer that a crate is, from the bottom.
fn height(name: &str, layers: &[&str]) -> Option<usize> {
    if name == PROGRAM { Some(layers.len()) } else { layers.iter().position(|layer| *layer == name) }
}

/// The names of our crates in the workspace manifest, lowest first.
fn layers(workspace: &TextFile) -> Vec<&str> {
    let lines = workspace.text.lines().skip_while(|line| !line.contains(LAYERS)).skip(1);
    lines.take_while(|line| !line.is_empty()).filter_map(|line| line.split([' ', '=']).next()).collect()
}

fn unnamed(architecture: &TextFile, crates: &[Crate<'_>]) -> Vec<Fault> {
    let is_named = |c: &&Crate<'_>| architecture.text.contains(&format!("`{}`", c.folder));
    crates.iter().filter(|c| !is_named(c)).map(|c| architecture.fault(1, format!("crates/{} is not on the map", c.folder))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, shown};
    use super::*;

    const ROOT: &str = "\
[workspace.dependencies]
# Our own crates, bottom layer first. A crate may use only crates above it.
dragoman-span = { path = \"crates/span\" }
dragoman-time = { path = \"crates/time\" }
dragoman-geo = { path = \"crates/geo\" }
dragoman-json = { path = \"crates/json\" }

# Outside libraries.
regex = \"1\"
";

    fn check(folder: &str, name: &str, rest: &str) -> Vec<String> {
        let manifest = file(&format!("crates/{folder}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\n{rest}"));
        shown(&faults(&[file(WORKSPACE, ROOT), manifest]))
    }

    #[test]
    fn downward_is_fine() {
        assert!(
            check("json", "dragoman-json", "[dependencies]\ndragoman-span.workspace = true\ndragoman-time.workspace = true\n").is_empty()
        );
        assert!(check("cli", PROGRAM, "[dependencies]\ndragoman-json = { workspace = true }\n").is_empty());
        assert!(check("span", "dragoman-span", "[dependencies]\nregex.workspace = true\n").is_empty());
    }

    #[test]
    fn upward_is_a_fault() {
        assert_eq!(
            check("span", "dragoman-span", "[dependencies]\nregex.workspace = true\ndragoman-json.workspace = true\n"),
            ["crates/span/Cargo.toml:5: dragoman-span depends upward on dragoman-json"]
        );
        assert_eq!(check("span", "dragoman-span", "[build-dependencies]\ndragoman = \"1\"\n").len(), 1);
    }

    #[test]
    fn tests_may_use_anything() {
        assert!(check("span", "dragoman-span", "[dev-dependencies]\ndragoman-json.workspace = true\n").is_empty());
    }

    #[test]
    fn resolvers_do_not_see_one_another() {
        assert_eq!(
            check("geo", "dragoman-geo", "[dependencies]\ndragoman-time.workspace = true\n"),
            ["crates/geo/Cargo.toml:4: dragoman-geo and dragoman-time are siblings that do not see one another"]
        );
    }

    #[test]
    fn every_crate_has_its_layer() {
        assert_eq!(
            check("new", "dragoman-new", ""),
            ["crates/new/Cargo.toml:1: dragoman-new is not in the list of layers in the workspace manifest"]
        );
    }

    #[test]
    fn every_crate_is_on_the_map() {
        let files =
            [file("crates/span/Cargo.toml", "name = \"dragoman-span\"\n"), file("crates/geo/Cargo.toml", ""), file(ARCHITECTURE, "`span`")];
        assert_eq!(shown(&faults(&files)), ["ARCHITECTURE.md:1: crates/geo is not on the map"]);
    }
}
