//! Circles: a component can hold itself, but not be made of itself.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Map, Value};

use super::Subject;
use openapi_document::objects::{Item, Items};

use openapi_document::Pointer;
use openapi_document::composition::is_annotated_reference;
use openapi_document::{Diagnostic, Example, Rule, Severity::Error};

/// A component that is made of itself.
pub static CIRCULAR_REF: Rule = Rule {
    code: "spec::circular-ref",
    severity: Error,
    summary: "a component is made of itself",
    docs: "A type can hold itself: a note can have answers that are notes, by a plain `$ref` in a \
           property or in `items`. It can't be made of itself, by a `$ref` alone or by `allOf`, \
           `oneOf` or `anyOf`: nothing would ever fit it.",
    example: Some(Example {
        instead_of: "    Source:\n      type: object\n",
        wrong: "    Device:\n      $ref: «'#/components/schemas/Source'»\n    Source:\n      allOf: [$ref: '#/components/schemas/Device']\n      type: object\n",
        right: "    Device:\n      $ref: '#/components/schemas/Source'\n    Source:\n      additionalProperties: {$ref: '#/components/schemas/Device'}\n      type: object\n",
    }),
};

/// A reference of one component to another.
#[derive(Debug)]
struct Edge {
    /// Where the `$ref` stands.
    at: Pointer,
    /// The component it leads to.
    to: Pointer,
}

/// Which components each component is made of.
type Graph<'c> = HashMap<&'c Pointer, Vec<Edge>>;

/// No component leads back to itself; each circle is told once, at its first component.
pub fn circles(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let components: Vec<_> = components(&subject.items).collect();
    let graph = graph(components.iter().copied());
    let mut told: HashSet<&Pointer> = HashSet::new();
    let mut found = Vec::new();
    for component in components {
        if told.contains(&component.pointer) {
            continue;
        }
        let circle = circle(&graph, &component.pointer);
        let Some((first, others)) = circle.split_first() else {
            continue;
        };
        told.extend(circle.iter().map(|edge| &edge.to));
        let span = |edge: &Edge| subject.contract.value(&edge.at);
        let diagnostic = CIRCULAR_REF.told(format!("`{}` is made of itself", component.pointer.last()),
        )
        .at(span(first))
        .help("take one of the references out; or make it a plain `$ref` in a property, to a component that is the sum if need be: a type can hold itself, not be made of itself");
        found.push(others.iter().fold(diagnostic, |told, edge| {
            told.and(span(edge), "goes on here")
        }));
    }
    found
}

fn graph<'i, 'c: 'i>(components: impl Iterator<Item = &'i Item<'c>>) -> Graph<'i> {
    let mut graph = Graph::new();
    for component in components {
        let edges = graph.entry(&component.pointer).or_default();
        made_of(component.object, &component.pointer, true, edges);
    }
    let ended = ended(&graph);
    graph.retain(|component, _| !ended.contains(*component));
    graph
}

/// The components that lead to no circle: those that lead nowhere, and those that lead only to
/// such. In most contracts that is all of them.
fn ended(graph: &Graph<'_>) -> HashSet<Pointer> {
    let mut open: HashMap<&Pointer, usize> = HashMap::new();
    let mut leading_to: HashMap<&Pointer, Vec<&Pointer>> = HashMap::new();
    for (component, edges) in graph {
        let known = edges.iter().filter(|edge| graph.contains_key(&edge.to));
        open.insert(component, known.clone().count());
        for edge in known {
            leading_to.entry(&edge.to).or_default().push(component);
        }
    }
    let mut waiting: Vec<&Pointer> = open
        .iter()
        .filter(|(_, edges)| **edges == 0)
        .map(|(component, _)| *component)
        .collect();
    let mut ended = HashSet::new();
    while let Some(component) = waiting.pop() {
        ended.insert(component.clone());
        for from in leading_to.get(component).into_iter().flatten() {
            if let Some(edges) = open.get_mut(from) {
                *edges -= 1;
                waiting.extend((*edges == 0).then_some(*from));
            }
        }
    }
    ended
}

/// Where the references stand that close circles, or lead into one.
pub fn closing(items: &Items<'_>) -> Vec<Pointer> {
    let graph = graph(components(items));
    let edges = graph.into_values().flatten();
    edges.map(|edge| edge.at).collect()
}

fn components<'i, 'c>(items: &'i Items<'c>) -> impl Iterator<Item = &'i Item<'c>> {
    items
        .all()
        .filter(|item| matches!(item.pointer.parts(), [first, _, _] if first == "components"))
}

/// The shortest way from a component back to itself; empty if there is none.
fn circle<'g>(graph: &'g Graph<'_>, start: &Pointer) -> Vec<&'g Edge> {
    let mut came_by: HashMap<&Pointer, &Edge> = HashMap::new();
    let mut came_from: HashMap<&Pointer, &Pointer> = HashMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(here) = waiting.pop_front() {
        for edge in graph.get(here).into_iter().flatten() {
            if came_by.contains_key(&edge.to) {
                continue;
            }
            came_by.insert(&edge.to, edge);
            came_from.insert(&edge.to, here);
            waiting.push_back(&edge.to);
        }
    }
    let mut back = Vec::new();
    let mut here = start;
    while let Some(edge) = came_by.get(here) {
        back.push(*edge);
        here = came_from[here];
        if here == start {
            break;
        }
    }
    back.reverse();
    back
}

/// The references by which a schema is made of others. One in a property only holds the other,
/// unless it is composed there: the sum is then written out, with the properties of the other.
fn made_of(schema: &Map<String, Value>, at: &Pointer, whole: bool, found: &mut Vec<Edge>) {
    let target = schema.get("$ref").and_then(Value::as_str);
    if let Some(to) = target.and_then(Pointer::from_reference) {
        let at = at.child("$ref");
        found.extend(whole.then_some(Edge { at, to }));
        return;
    }
    let mut part = |part: &Value, at: Pointer, whole: bool| {
        if let Value::Object(part) = part {
            made_of(part, &at, whole, found);
        }
    };
    for (key, value) in schema {
        let at = at.child(key);
        match (key.as_str(), value) {
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                let whole = whole || (key == "allOf" && !is_annotated_reference(schema));
                for (index, value) in parts.iter().enumerate() {
                    part(value, at.child(index), whole);
                }
            }
            ("properties", Value::Object(properties)) => {
                for (name, value) in properties {
                    part(value, at.child(name), false);
                }
            }
            ("items" | "additionalProperties", value) => part(value, at, false),
            _ => {}
        }
    }
}
