//! Which operations a finding reaches.
//!
//! Two schemas are compared once, however many operations use them. The graph remembers who leads
//! to whom, so that afterwards one can ask which operations reach a finding.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::context::{Context, Direction};
use openapi_document::Pointer;
use openapi_document::schema::Types;

/// Two schemas in a context, each named by the places of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub old: Vec<Pointer>,
    pub new: Vec<Pointer>,
    /// Which of their types are compared.
    pub types: (Types, Types),
    pub context: Context,
}

/// Operations and pairs of schemas, with what was found in each.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    pairs: HashMap<Key, usize>,
    /// The nodes of each finding, with the way on which they meet it.
    found_in: Vec<Vec<(usize, Direction)>>,
}

#[derive(Debug, Default)]
struct Node {
    /// The operation that this is; a pair of schemas is none.
    operation: Option<String>,
    leads_to: Vec<usize>,
    led_to_by: Vec<usize>,
    found: Vec<(usize, Direction)>,
}

impl Graph {
    /// Adds an operation.
    pub fn operation(&mut self, name: String) -> usize {
        self.add(Some(name))
    }

    /// Returns the node of two schemas that `from` leads to, and whether it is new.
    pub fn pair(&mut self, from: Option<usize>, key: Key) -> (usize, bool) {
        let next = self.nodes.len();
        let node = *self.pairs.entry(key).or_insert(next);
        if node == next {
            self.add(None);
        }
        if let Some(from) = from {
            self.nodes[from].leads_to.push(node);
            self.nodes[node].led_to_by.push(from);
        }
        (node, node == next)
    }

    /// Notes that a finding belongs to a node.
    pub fn attach(&mut self, node: usize, finding: usize, way: Direction) {
        if self.found_in.len() <= finding {
            self.found_in.resize_with(finding + 1, Vec::new);
        }
        self.found_in[finding].push((node, way));
        self.nodes[node].found.push((finding, way));
    }

    fn add(&mut self, operation: Option<String>) -> usize {
        self.nodes.push(Node {
            operation,
            ..Node::default()
        });
        self.nodes.len() - 1
    }

    /// Returns the operations that reach a finding, and on which way.
    pub fn operations_of(&self, finding: usize) -> BTreeSet<(Direction, &str)> {
        let mut reached = BTreeSet::new();
        for (start, way) in self.found_in.get(finding).into_iter().flatten() {
            for node in self.all(*start, |node| &node.led_to_by) {
                let operation = self.nodes[node].operation.as_deref();
                reached.extend(operation.map(|operation| (*way, operation)));
            }
        }
        reached
    }

    /// Returns the findings that the operation of this name reaches, and on which way.
    pub fn findings_of(&self, operation: &str) -> BTreeSet<(usize, Direction)> {
        let is_it = |node: &usize| self.nodes[*node].operation.as_deref() == Some(operation);
        let mut found = BTreeSet::new();
        for start in (0..self.nodes.len()).filter(is_it) {
            for node in self.all(start, |node| &node.leads_to) {
                found.extend(&self.nodes[node].found);
            }
        }
        found
    }

    fn all(&self, start: usize, next: fn(&Node) -> &Vec<usize>) -> HashSet<usize> {
        let mut visited = HashSet::new();
        let mut waiting = vec![start];
        while let Some(node) = waiting.pop() {
            if visited.insert(node) {
                waiting.extend(next(&self.nodes[node]));
            }
        }
        visited
    }
}
