//! Which operations a finding reaches.
//!
//! Two schemas are compared once, however many operations use them. The graph remembers who leads
//! to whom, so that afterwards each operation can collect what it reaches.

use std::collections::{BTreeSet, HashMap};

use super::context::{Context, Direction};
use openapi_document::Pointer;

/// Two schemas in a context, each named by the places of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub old: Vec<Pointer>,
    pub new: Vec<Pointer>,
    pub context: Context,
}

/// Operations and pairs of schemas, with what was found in each.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    pairs: HashMap<Key, usize>,
    operations: Vec<(usize, String)>,
}

#[derive(Debug, Default)]
struct Node {
    leads_to: Vec<usize>,
    found: Vec<(usize, Direction)>,
}

impl Graph {
    /// Adds an operation.
    pub fn operation(&mut self, name: String) -> usize {
        let node = self.add();
        self.operations.push((node, name));
        node
    }

    /// Returns the node of two schemas that `from` leads to, and whether it is new.
    pub fn pair(&mut self, from: Option<usize>, key: Key) -> (usize, bool) {
        let next = self.nodes.len();
        let node = *self.pairs.entry(key).or_insert(next);
        if node == next {
            self.add();
        }
        if let Some(from) = from {
            self.nodes[from].leads_to.push(node);
        }
        (node, node == next)
    }

    /// Notes that a finding belongs to a node.
    pub fn attach(&mut self, node: usize, finding: usize, way: Direction) {
        self.nodes[node].found.push((finding, way));
    }

    fn add(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// Returns for each of `findings` the operations that reach it, and on which way.
    pub fn reach(&self, findings: usize) -> Vec<BTreeSet<(Direction, String)>> {
        let mut reach = vec![BTreeSet::new(); findings];
        let mut visited = vec![usize::MAX; self.nodes.len()];
        for (index, (root, name)) in self.operations.iter().enumerate() {
            let mut waiting = vec![*root];
            while let Some(node) = waiting.pop() {
                if std::mem::replace(&mut visited[node], index) == index {
                    continue;
                }
                for (finding, way) in &self.nodes[node].found {
                    reach[*finding].insert((*way, name.clone()));
                }
                waiting.extend(&self.nodes[node].leads_to);
            }
        }
        reach
    }
}
