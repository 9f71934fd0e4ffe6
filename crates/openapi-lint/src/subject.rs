//! What the rules look at: the contract, its objects, its operations, and what refers to what.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use openapi_document::keywords::Kind;
use openapi_document::objects::{self, Item, Items};
use openapi_document::operation::{self, Operation};
use openapi_document::{Contract, Pointer};

/// What is told about already: other rules pass it over, so that one mistake is told once. What
/// stands in a value follows it in the order.
pub type Condemned = BTreeMap<Pointer, Kind>;

/// What the rules look at.
pub struct Subject<'c> {
    /// The contract.
    pub contract: &'c Contract,
    /// Its objects, in their order.
    pub items: Items<'c>,
    /// Its operations, in their order.
    pub operations: Vec<Operation<'c>>,
    condemned: &'c Condemned,
    /// Where in `items` each object is.
    index: HashMap<Pointer, usize>,
    /// The components that answers are made of.
    answered: HashSet<Pointer>,
    /// The components that paths are made of.
    used: HashSet<Pointer>,
}

impl<'c> Subject<'c> {
    /// Looks through a contract.
    pub fn new(contract: &'c Contract, condemned: &'c Condemned) -> Subject<'c> {
        let items = objects::items(&contract.document);
        let graph = Graph::of(&items);
        let pointers = items.all().map(|item| item.pointer.clone());
        let index = pointers.enumerate().map(|(at, pointer)| (pointer, at));
        Subject {
            contract,
            operations: operation::operations(&contract.document),
            condemned,
            index: index.collect(),
            answered: graph.reached(|owner| *owner == Owner::Answer),
            used: graph
                .and(Graph::as_written(contract.unmended()))
                .reached(|owner| !matches!(owner, Owner::Component(_))),
            items,
        }
    }

    /// The schemas that are no references and about which nothing is told yet.
    pub fn schemas(&self) -> impl Iterator<Item = &Item<'c>> {
        self.items
            .of(Kind::Schema)
            .filter(|item| !item.is_reference() && self.is_sound(&item.pointer))
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
        let from_here = self.condemned.range(pointer..);
        let mut within = from_here.take_while(|(at, _)| at.starts_with(pointer));
        !within.any(|(_, kind)| kinds.contains(kind))
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
            if openapi_document::get(document, &target).is_none() {
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
pub fn targets(value: &Value) -> Vec<Pointer> {
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
            // What leads into a component leads to all of it.
            let Owner::Component(component) = Owner::of(target) else {
                continue;
            };
            if found.insert(component.clone()) {
                let next = self.0.get(&Owner::Component(component));
                waiting.extend(next.into_iter().flatten());
            }
        }
        found
    }
}

/// Where in `components` things of a kind stand.
pub fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Response => "responses",
        Kind::Parameter => "parameters",
        Kind::Example => "examples",
        Kind::RequestBody => "requestBodies",
        Kind::Header => "headers",
        Kind::SecurityScheme => "securitySchemes",
        Kind::Link => "links",
        _ => return None,
    })
}
