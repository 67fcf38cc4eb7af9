//! Rules for the shape of the code: no import circles, short files and functions, one name for one type.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// The most lines of code in a file, without its test module.
const FILE_LINES: usize = 400;
/// The most lines in a function, signature and closing brace included.
const FUNCTION_LINES: usize = 60;

type ModulePath = Vec<String>;

/// One source file: its module path and what it defines and imports.
struct SourceModule {
    file: PathBuf,
    text: String,
    syntax: syn::File,
    defined: BTreeSet<String>,
    imported: BTreeMap<String, ModulePath>,
}

fn source_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

fn module_path(file: &Path) -> ModulePath {
    let inside = file.strip_prefix(source_folder()).unwrap().with_extension("");
    let mut path: ModulePath = inside.iter().map(|part| part.to_str().unwrap().to_string()).collect();
    if matches!(path.last().map(String::as_str), Some("mod" | "lib")) {
        path.pop();
    }
    path
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns true for `#[cfg(test)]`, which marks code that is not in the program.
fn is_test_code(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|a| a.path().is_ident("cfg") && quote_text(a).contains("test"))
}

fn quote_text(attribute: &syn::Attribute) -> String {
    match &attribute.meta {
        syn::Meta::List(list) => list.tokens.to_string(),
        _ => String::new(),
    }
}

/// Returns every source file that is not a test, by module path.
fn modules() -> BTreeMap<ModulePath, SourceModule> {
    let mut files = Vec::new();
    source_files(&source_folder(), &mut files);
    let tests_only = |file: &Path| file.file_stem().is_some_and(|s| s.to_str().unwrap().ends_with("tests"));
    let mut all = BTreeMap::new();
    for file in files.into_iter().filter(|f| !tests_only(f) && !f.ends_with("main.rs")) {
        let text = fs::read_to_string(&file).unwrap();
        let syntax = syn::parse_file(&text).unwrap();
        let path = module_path(&file);
        let (mut defined, mut imported) = (BTreeSet::new(), BTreeMap::new());
        for item in &syntax.items {
            collect(item, &path, &mut defined, &mut imported);
        }
        all.insert(path, SourceModule { file, text, syntax, defined, imported });
    }
    all
}

fn collect(
    item: &syn::Item,
    module: &ModulePath,
    defined: &mut BTreeSet<String>,
    imported: &mut BTreeMap<String, ModulePath>,
) {
    let name = match item {
        syn::Item::Fn(i) => &i.sig.ident,
        syn::Item::Struct(i) => &i.ident,
        syn::Item::Enum(i) => &i.ident,
        syn::Item::Trait(i) => &i.ident,
        syn::Item::Type(i) => &i.ident,
        syn::Item::Const(i) => &i.ident,
        syn::Item::Static(i) => &i.ident,
        syn::Item::Use(i) => return use_tree(&i.tree, Vec::new(), module, imported),
        _ => return,
    };
    defined.insert(name.to_string());
}

fn use_tree(
    tree: &syn::UseTree,
    before: ModulePath,
    module: &ModulePath,
    imported: &mut BTreeMap<String, ModulePath>,
) {
    let with = |ident: &syn::Ident| before.iter().cloned().chain([ident.to_string()]).collect::<ModulePath>();
    match tree {
        syn::UseTree::Path(p) => use_tree(&p.tree, with(&p.ident), module, imported),
        syn::UseTree::Group(g) => g.items.iter().for_each(|t| use_tree(t, before.clone(), module, imported)),
        syn::UseTree::Name(n) if n.ident == "self" => {
            imported.insert(before.last().unwrap().clone(), absolute(&before, module));
        }
        syn::UseTree::Name(n) => {
            imported.insert(n.ident.to_string(), absolute(&with(&n.ident), module));
        }
        syn::UseTree::Rename(r) => {
            imported.insert(r.rename.to_string(), absolute(&with(&r.ident), module));
        }
        syn::UseTree::Glob(_) => {}
    }
}

/// `path` from the crate's root. A path that begins with a plain name starts at `module`.
fn absolute(path: &[String], module: &ModulePath) -> ModulePath {
    let mut base = module.clone();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => return path[1..].to_vec(),
        Some("self") => rest = &path[1..],
        _ => {
            while rest.first().is_some_and(|s| s == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
    }
    base.into_iter().chain(rest.iter().cloned()).collect()
}

/// The module that defines what `path` names, through any number of re-exports.
fn defining_module(
    all: &BTreeMap<ModulePath, SourceModule>,
    path: &[String],
    depth: usize,
) -> Option<ModulePath> {
    if depth == 0 {
        return None;
    }
    let length = (0..=path.len()).rev().find(|n| all.contains_key(&path[..*n]))?;
    let (module, rest) = path.split_at(length);
    let Some(name) = rest.first() else { return Some(module.to_vec()) };
    let source = &all[module];
    if source.defined.contains(name) {
        return Some(module.to_vec());
    }
    let target: ModulePath = source.imported.get(name)?.iter().chain(&rest[1..]).cloned().collect();
    if target == path { None } else { defining_module(all, &target, depth - 1) }
}

struct PathCollector<'a> {
    all: &'a BTreeMap<ModulePath, SourceModule>,
    module: &'a ModulePath,
    found: BTreeSet<ModulePath>,
}

impl PathCollector<'_> {
    fn add(&mut self, path: &[String]) {
        let full = match self.all[self.module].imported.get(&path[0]) {
            Some(target) => target.iter().chain(&path[1..]).cloned().collect(),
            None => absolute(path, self.module),
        };
        self.found.extend(defining_module(self.all, &full, 8));
    }
}

impl<'ast> Visit<'ast> for PathCollector<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: ModulePath = path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.add(&names);
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test_code(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }
}

/// Returns the files that each file uses. A module, its parents and its children may use each other.
fn imports() -> BTreeMap<ModulePath, BTreeSet<ModulePath>> {
    let all = modules();
    let mut graph = BTreeMap::new();
    for (module, source) in &all {
        let mut collector = PathCollector { all: &all, module, found: BTreeSet::new() };
        collector.visit_file(&source.syntax);
        for target in source.imported.values() {
            collector.found.extend(defining_module(&all, target, 8));
        }
        let others = collector.found.into_iter();
        let others = others.filter(|other| !other.starts_with(module) && !module.starts_with(other));
        graph.insert(module.clone(), others.collect::<BTreeSet<_>>());
    }
    graph
}

/// Returns a path from `module` back to itself, if there is one.
fn circle(
    graph: &BTreeMap<ModulePath, BTreeSet<ModulePath>>,
    module: &ModulePath,
) -> Option<Vec<ModulePath>> {
    let mut came_from: BTreeMap<&ModulePath, &ModulePath> = BTreeMap::new();
    let mut open = vec![module];
    while let Some(here) = open.pop() {
        for next in &graph[here] {
            if next == module {
                let mut way = vec![module.clone(), here.clone()];
                let mut at = here;
                while let Some(before) = came_from.get(at).filter(|_| at != module) {
                    way.push((*before).clone());
                    at = before;
                }
                way.reverse();
                return Some(way);
            }
            if next != module && !came_from.contains_key(next) {
                came_from.insert(next, here);
                open.push(next);
            }
        }
    }
    None
}

#[test]
fn there_are_no_import_circles() {
    let graph = imports();
    let circles: Vec<String> = graph
        .keys()
        .filter_map(|module| circle(&graph, module))
        .map(|way| way.iter().map(|m| m.join("::")).collect::<Vec<_>>().join(" → "))
        .collect();
    assert!(circles.is_empty(), "import circles:\n{}", circles.join("\n"));
}

#[test]
fn finds_a_circle_between_two_files() {
    let name = |s: &str| vec![s.to_string()];
    let graph = BTreeMap::from([
        (name("a"), BTreeSet::from([name("b")])),
        (name("b"), BTreeSet::from([name("c")])),
        (name("c"), BTreeSet::from([name("b")])),
    ]);
    assert_eq!(circle(&graph, &name("a")), None);
    assert!(circle(&graph, &name("b")).is_some());
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = modules()
        .values()
        .map(|m| (m, m.text.split("#[cfg(test)]\nmod ").next().unwrap().lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES)
        .map(|(m, lines)| format!("{}: {lines} lines", m.file.display()))
        .collect();
    assert!(long.is_empty(), "split these; each holds two things:\n{}", long.join("\n"));
}

/// The functions and types that the rules apply to.
#[derive(Default)]
struct StyleFindings {
    long_functions: Vec<String>,
    tuple_parameters: Vec<String>,
    types: Vec<String>,
}

impl StyleFindings {
    fn signature(&mut self, signature: &syn::Signature, lines: usize) {
        if lines > FUNCTION_LINES {
            self.long_functions.push(format!("{}: {lines} lines", signature.ident));
        }
        for input in &signature.inputs {
            let syn::FnArg::Typed(parameter) = input else { continue };
            let mut kind = &*parameter.ty;
            while let syn::Type::Reference(reference) = kind {
                kind = &reference.elem;
            }
            if matches!(kind, syn::Type::Tuple(_)) {
                self.tuple_parameters.push(signature.ident.to_string());
            }
        }
    }
}

fn lines_of(node: &impl Spanned) -> usize {
    let span = node.span();
    span.end().line - span.start().line + 1
}

impl<'ast> Visit<'ast> for StyleFindings {
    fn visit_item_fn(&mut self, f: &'ast syn::ItemFn) {
        self.signature(&f.sig, lines_of(&f.sig.fn_token).max(lines_of(&f.block) + lines_of(&f.sig) - 1));
        visit::visit_item_fn(self, f);
    }

    fn visit_impl_item_fn(&mut self, f: &'ast syn::ImplItemFn) {
        self.signature(&f.sig, lines_of(&f.block) + lines_of(&f.sig) - 1);
        visit::visit_impl_item_fn(self, f);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.types.push(item.ident.to_string());
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.types.push(item.ident.to_string());
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.types.push(item.ident.to_string());
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.types.push(item.ident.to_string());
    }

    // `impl From<(A, B)> for T` takes a tuple because the trait says so.
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.trait_.is_none() {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test_code(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }
}

fn style_findings() -> StyleFindings {
    let mut findings = StyleFindings::default();
    for module in modules().values() {
        findings.visit_file(&module.syntax);
    }
    findings
}

#[test]
fn functions_stay_short() {
    let long = style_findings().long_functions;
    assert!(long.is_empty(), "split these functions:\n{}", long.join("\n"));
}

#[test]
fn no_parameter_is_a_tuple() {
    let found = style_findings().tuple_parameters;
    assert!(found.is_empty(), "give these tuples a type with a name: {found:?}");
}

#[test]
fn type_names_are_unique() {
    let mut seen = BTreeMap::new();
    for name in style_findings().types {
        *seen.entry(name).or_insert(0) += 1;
    }
    let shared: Vec<_> = seen.iter().filter(|(_, count)| **count > 1).collect();
    assert!(shared.is_empty(), "these names stand for more than one type: {shared:?}");
}
