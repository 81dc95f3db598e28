//! `cargo xtask notice`: writes the list of libraries and their licences, from what cargo knows, under the heading in `NOTICE`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The heading in `NOTICE` under which the list stands; it reaches to the end of the file.
const HEADING: &str = "Libraries\n---------\n";
/// The program whose libraries are shipped.
const PROGRAM: &str = "dragoman";
/// Lines are filled up to this width.
const WIDTH: usize = 100;

pub(crate) fn run(root: &Path) -> Result<()> {
    let path = root.join("NOTICE");
    let notice = fs::read_to_string(&path).context("reading NOTICE")?;
    let (head, _) = notice.split_once(HEADING).context("NOTICE has no heading \"Libraries\"")?;
    let libraries = Libraries::of(&metadata(root)?)?;
    fs::write(&path, format!("{head}{HEADING}\n{}", libraries.written())).context("writing NOTICE")?;
    println!("NOTICE: {} libraries are shipped, {} are used for building and testing", libraries.shipped.len(), libraries.tools.len());
    Ok(())
}

fn metadata(root: &Path) -> Result<Value> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(["metadata", "--format-version", "1"]).current_dir(root).output().context("running cargo")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("reading cargo metadata")
}

/// Libraries of others, by name, with their licences.
#[derive(Debug, Default, PartialEq, Eq)]
struct Libraries {
    shipped: BTreeMap<String, String>,
    tools: BTreeMap<String, String>,
}

impl Libraries {
    fn of(metadata: &Value) -> Result<Self> {
        // A macro runs in the compiler: neither it nor what it is made of is in the program.
        let macros: BTreeSet<&str> = list(&metadata["packages"]).filter(|p| is_macro(p)).map(|p| text(&p["id"])).collect();
        let nodes = list(&metadata["resolve"]["nodes"]);
        let linked = |node| shipped_dependencies(node).filter(|package| !macros.contains(package)).collect();
        let dependencies: BTreeMap<&str, Vec<&str>> = nodes.map(|node| (text(&node["id"]), linked(node))).collect();
        let program = list(&metadata["packages"]).find(|p| p["name"] == PROGRAM).context("no package of the program's name")?;
        let shipped = reachable(text(&program["id"]), &dependencies);
        let mut libraries = Self::default();
        // Our own packages come from no registry.
        for package in list(&metadata["packages"]).filter(|p| !p["source"].is_null()) {
            let list = if shipped.contains(text(&package["id"])) { &mut libraries.shipped } else { &mut libraries.tools };
            list.insert(text(&package["name"]).to_owned(), licence(package));
        }
        Ok(libraries)
    }

    fn written(&self) -> String {
        format!(
            "Linked into the program:\n\n{}\nUsed only for building and testing it:\n\n{}",
            grouped(&self.shipped),
            grouped(&self.tools)
        )
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What a package is built with; not what its tests or build scripts use.
fn shipped_dependencies(node: &Value) -> impl Iterator<Item = &str> {
    let is_shipped = |dependency: &&Value| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
    list(&node["deps"]).filter(is_shipped).map(|dependency| text(&dependency["pkg"]))
}

fn is_macro(package: &Value) -> bool {
    list(&package["targets"]).any(|target| list(&target["kind"]).any(|kind| kind == "proc-macro"))
}

fn reachable<'m>(from: &'m str, dependencies: &BTreeMap<&'m str, Vec<&'m str>>) -> BTreeSet<&'m str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(package) = open.pop() {
        if reached.insert(package) {
            open.extend(dependencies.get(package).into_iter().flatten());
        }
    }
    reached
}

/// A licence expression in one way of writing: old packages separate the alternatives with a stroke.
fn licence(package: &Value) -> String {
    let expression = package["license"].as_str().unwrap_or("see the licence file of the package").replace('/', " OR ");
    if expression.contains('(') || expression.contains(" AND ") {
        return expression;
    }
    let alternatives: BTreeSet<&str> = expression.split(" OR ").map(str::trim).collect();
    Vec::from_iter(alternatives).join(" OR ")
}

fn grouped(libraries: &BTreeMap<String, String>) -> String {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, licence) in libraries {
        groups.entry(licence).or_default().push(name);
    }
    let paragraphs: Vec<String> = groups.into_iter().map(|(licence, names)| format!("{licence}\n{}", filled(&names))).collect();
    paragraphs.join("\n")
}

/// Names with commas between them, in indented lines.
fn filled(names: &[&str]) -> String {
    let mut lines = String::new();
    let mut line = String::from(" ");
    for (n, name) in names.iter().enumerate() {
        let comma = if n + 1 < names.len() { "," } else { "" };
        if line.len() + name.len() + comma.len() >= WIDTH {
            lines += &line;
            lines += "\n";
            line = String::from(" ");
        }
        line.extend([" ", name, comma]);
    }
    lines + &line + "\n"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(name: &str, licence: &str, source: Option<&str>) -> Value {
        json!({ "id": name, "name": name, "license": licence, "source": source })
    }

    fn node(id: &str, dependencies: &[(&str, Option<&str>)]) -> Value {
        let dependencies: Vec<Value> =
            dependencies.iter().map(|(pkg, kind)| json!({ "pkg": pkg, "dep_kinds": [{ "kind": kind }] })).collect();
        json!({ "id": id, "deps": dependencies })
    }

    #[test]
    fn shipped_libraries_are_those_that_the_program_is_built_with() {
        let mut derive = package("e", "MIT", Some("r"));
        derive["targets"] = json!([{ "kind": ["proc-macro"] }]);
        let packages = [
            derive,
            package(PROGRAM, "MIT", None),
            package("a", "MIT/Apache-2.0", Some("r")),
            package("b", "Apache-2.0 OR MIT", Some("r")),
            package("c", "MIT", Some("r")),
            package("d", "MIT", Some("r")),
        ];
        let nodes = [node(PROGRAM, &[("a", None), ("c", Some("dev")), ("e", None)]), node("a", &[("b", None), ("d", Some("build"))])];
        let libraries = Libraries::of(&json!({ "packages": packages, "resolve": { "nodes": nodes } })).unwrap();
        assert_eq!(grouped(&libraries.shipped), "Apache-2.0 OR MIT\n  a, b\n");
        assert_eq!(grouped(&libraries.tools), "MIT\n  c, d, e\n");
    }

    #[test]
    fn long_lists_are_filled() {
        let names = vec!["library"; 20];
        assert!(filled(&names).lines().all(|line| line.len() <= WIDTH && line.starts_with("  library")));
        assert_eq!(filled(&names).matches("library").count(), 20);
    }

    #[test]
    fn joint_licences_stay_as_they_are() {
        assert_eq!(licence(&package("x", "(MIT OR Apache-2.0) AND Unicode-3.0", None)), "(MIT OR Apache-2.0) AND Unicode-3.0");
    }
}
