//! What the rules look at: the contract, its objects, its operations, and what refers to what.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::grammar::Kind;
use super::references::section;
use super::walk;
use crate::load::{Contract, Pointer};
use crate::spec::{self, Located, Operation};
use crate::transform::{self, Types};

/// An object of the document.
#[derive(Debug)]
pub struct Item<'c> {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub pointer: Pointer,
    /// The object itself.
    pub object: &'c Map<String, Value>,
    /// What kind of object it stands in.
    pub within: Option<Kind>,
}

impl Item<'_> {
    /// Whether it only refers to another.
    pub fn is_reference(&self) -> bool {
        self.kind != Kind::PathItem && self.object.contains_key("$ref")
    }

    /// The text under `key`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.object.get(key)?.as_str()
    }

    /// The name under which it is a property of the schema around it.
    pub fn property_name(&self) -> Option<&str> {
        match self.pointer.parts() {
            [.., properties, name]
                if properties == "properties"
                    && self.kind == Kind::Schema
                    && self.within == Some(Kind::Schema) =>
            {
                Some(name)
            }
            _ => None,
        }
    }
}

/// All objects of a document, in its order.
#[derive(Debug, Default)]
pub struct Items<'c>(pub Vec<Item<'c>>);

impl<'c> Items<'c> {
    /// All objects of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Item<'c>> {
        self.0.iter().filter(move |item| item.kind == kind)
    }

    /// All objects, of any kind.
    pub fn all(&self) -> impl Iterator<Item = &Item<'c>> {
        self.0.iter()
    }
}

/// What is told about already: other rules pass it over, so that one mistake is told once.
pub type Condemned = HashMap<Pointer, Kind>;

/// What the rules look at.
pub struct Subject<'c> {
    pub contract: &'c Contract,
    pub items: Items<'c>,
    pub operations: Vec<Operation<'c>>,
    condemned: &'c Condemned,
    /// Where in `items` each object is.
    index: HashMap<Pointer, usize>,
    /// The components that answers are made of.
    answered: HashSet<Pointer>,
    /// The components that paths are made of.
    used: HashSet<Pointer>,
    /// What becomes a type; two rules ask.
    types: OnceCell<Types>,
}

impl<'c> Subject<'c> {
    /// Looks through a contract.
    pub fn new(contract: &'c Contract, condemned: &'c Condemned) -> Subject<'c> {
        let items = walk::items(&contract.document);
        let graph = Graph::of(&items);
        let pointers = items.all().map(|item| item.pointer.clone());
        let index = pointers.enumerate().map(|(at, pointer)| (pointer, at));
        Subject {
            contract,
            operations: spec::operations(&contract.document),
            condemned,
            index: index.collect(),
            answered: graph.reached(|owner| *owner == Owner::Answer),
            used: graph
                .and(Graph::as_written(contract.unmended()))
                .reached(|owner| !matches!(owner, Owner::Component(_))),
            types: OnceCell::new(),
            items,
        }
    }

    /// The schemas that are no references and about which nothing is told yet.
    pub fn schemas(&self) -> impl Iterator<Item = &Item<'c>> {
        self.items
            .of(Kind::Schema)
            .filter(|item| !item.is_reference() && self.is_sound(&item.pointer))
    }

    /// What becomes a type.
    pub fn types(&self) -> &Types {
        self.types
            .get_or_init(|| transform::types(&self.contract.document))
    }

    /// The object here.
    pub fn item(&self, pointer: &Pointer) -> Option<&Item<'c>> {
        self.items.0.get(*self.index.get(pointer)?)
    }

    /// The nearest object around this place, or at it.
    pub fn around(&self, pointer: &Pointer) -> Option<&Item<'c>> {
        let mut here = Some(pointer.clone());
        while let Some(pointer) = here {
            if let Some(item) = self.item(&pointer) {
                return Some(item);
            }
            here = pointer.parent();
        }
        None
    }

    /// Whether nothing is told yet about this object itself.
    pub fn is_sound(&self, pointer: &Pointer) -> bool {
        !self.condemned.contains_key(pointer)
    }

    /// Whether nothing is told yet about objects of these kinds in what stands here, references
    /// aside.
    pub fn is_sound_within(&self, pointer: &Pointer, kinds: &[Kind]) -> bool {
        let mut condemned = self.condemned.iter();
        !condemned.any(|(at, kind)| kinds.contains(kind) && at.starts_with(pointer))
    }

    /// Whether nothing is told yet of these kinds about an operation, its path, or the components
    /// it refers to.
    pub fn is_sound_operation(&self, operation: &Operation<'_>, kinds: &[Kind]) -> bool {
        if self.condemned.is_empty() {
            return true;
        }
        let shared = operation.item.pointer.child("parameters");
        let own = [Kind::Operation, Kind::PathItem];
        let refers_to = |key: &str| operation.at.object.get(key).into_iter().flat_map(targets);
        self.is_sound(&operation.item.pointer)
            && self.is_sound_within(&shared, kinds)
            && self.is_sound_within(&operation.at.pointer, kinds)
            && self.is_sound_within(&operation.at.pointer, &own)
            && ["parameters", "requestBody", "responses"]
                .into_iter()
                .flat_map(refers_to)
                .all(|target| self.is_sound_within(&target, kinds))
    }

    /// What is told about already.
    pub fn condemned(&self) -> &Condemned {
        self.condemned
    }

    /// Whether the service sends this: it is part of an answer.
    pub fn is_answered(&self, item: &Item<'_>) -> bool {
        match Owner::of(&item.pointer) {
            Owner::Answer => true,
            Owner::Request => false,
            Owner::Component(component) => self.answered.contains(&component),
        }
    }

    /// The sections of `components` of which it is not known what is used: something refers to a
    /// component of them that is not there, or in a way that nobody understands.
    pub fn unsure_sections(&self) -> HashSet<String> {
        let document = self.contract.unmended();
        let mut unsure = HashSet::new();
        for target in targets(document) {
            if crate::load::get(document, &target).is_none() {
                unsure.extend(target.parts().get(1).cloned());
            }
        }
        let lost = self.condemned.iter().filter(|(at, _)| {
            let written = self.contract.get_written(at);
            let is_array = |object: &Value| object.get("type") == Some(&"array".into());
            written.is_some_and(|object| {
                let has = |key: &str| object.get(key).is_some();
                has("$ref") || (is_array(object) && !has("items"))
            })
        });
        let sections = lost.filter_map(|(_, kind)| section(*kind));
        unsure.extend(sections.map(str::to_string));
        unsure
    }

    /// Whether this component is part of any path.
    pub fn is_used(&self, component: &Pointer) -> bool {
        self.used.contains(component)
    }
}

/// Where the references below a value lead, also those that stand where none is understood.
fn targets(value: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(object) => waiting.extend(object.values()),
            Value::Array(items) => waiting.extend(items),
            Value::String(text) => found.extend(Pointer::from_reference(text)),
            _ => {}
        }
    }
    found
}

/// In what a reference stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Owner {
    /// In a response of a path, or in a shared one.
    Answer,
    /// Elsewhere in a path.
    Request,
    /// In a component.
    Component(Pointer),
}

impl Owner {
    fn of(pointer: &Pointer) -> Owner {
        match pointer.parts() {
            [components, section, name, ..] if components == "components" => {
                Owner::Component(Pointer::of(["components", section, name]))
            }
            [paths, _, _, responses, ..] if paths == "paths" && responses == "responses" => {
                Owner::Answer
            }
            _ => Owner::Request,
        }
    }
}

/// Which components each owner refers to.
struct Graph(HashMap<Owner, Vec<Pointer>>);

impl Graph {
    fn of(items: &Items<'_>) -> Graph {
        let mut graph: HashMap<Owner, Vec<Pointer>> = HashMap::new();
        for item in items.all() {
            if let Some(target) = item.text("$ref").and_then(Pointer::from_reference) {
                let owner = Owner::of(&item.pointer);
                graph.entry(owner).or_default().push(target);
            }
        }
        Graph(graph)
    }

    /// The same of a document in which references stand that nobody understands.
    fn as_written(document: &Value) -> Graph {
        let mut graph: HashMap<Owner, Vec<Pointer>> = HashMap::new();
        for (section, value) in document.as_object().into_iter().flatten() {
            let components = value.as_object().filter(|_| section == "components");
            let Some(components) = components else {
                let owner = graph.entry(Owner::Request).or_default();
                owner.extend(targets(value));
                continue;
            };
            for (kind, named) in components {
                for (name, component) in named.as_object().into_iter().flatten() {
                    let at = Pointer::of(["components", kind, name]);
                    graph.insert(Owner::Component(at), targets(component));
                }
            }
        }
        Graph(graph)
    }

    fn and(mut self, other: Graph) -> Graph {
        for (owner, targets) in other.0 {
            self.0.entry(owner).or_default().extend(targets);
        }
        self
    }

    /// The components that are reached from some owners.
    fn reached(&self, from: impl Fn(&Owner) -> bool) -> HashSet<Pointer> {
        let starts = self.0.iter().filter(|(owner, _)| from(owner));
        let mut waiting: Vec<&Pointer> = starts.flat_map(|(_, targets)| targets).collect();
        let mut found = HashSet::new();
        while let Some(target) = waiting.pop() {
            if found.insert(target.clone()) {
                let next = self.0.get(&Owner::Component(target.clone()));
                waiting.extend(next.into_iter().flatten());
            }
        }
        found
    }
}

/// The properties of an object and of the parts it is the sum of, each where it stands first.
pub fn properties_of<'c>(document: &'c Value, object: Located<'c>) -> Vec<(&'c str, Located<'c>)> {
    let mut names = HashSet::new();
    let parts = parts_of(document, object).into_iter();
    let properties = parts.flat_map(|part| part.children("properties"));
    properties.filter(|(name, _)| names.insert(*name)).collect()
}

/// A schema and the parts it is the sum of, references followed.
pub fn parts_of<'c>(document: &'c Value, schema: Located<'c>) -> Vec<Located<'c>> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![schema];
    while let Some(at) = waiting.pop() {
        let Some(at) = spec::resolve(document, at) else {
            continue;
        };
        if !seen.insert(at.pointer.clone()) {
            continue;
        }
        let parts = at.object.get("allOf").and_then(Value::as_array);
        let parts = parts.map(Vec::as_slice).unwrap_or_default();
        // The last goes in first, so that the parts are looked at in their order.
        for (index, part) in parts.iter().enumerate().rev() {
            waiting.extend(part.as_object().map(|object| Located {
                pointer: at.pointer.child("allOf").child(index),
                object,
            }));
        }
        found.push(at);
    }
    found
}
