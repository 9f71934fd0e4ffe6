//! What the contract knows of a lead: names and how they nest.

use aura_contract::{Contract, Schema};

/// How deep is looked; a contract may lead back to itself.
const DEEPEST: usize = 8;

/// The members that the contract names, in its order.
#[derive(Clone, Debug, Default)]
pub struct Shape(Vec<(String, Member)>);

/// What one of them is.
#[derive(Clone, Debug)]
pub enum Member {
    /// An object whose members are named.
    Object(Shape),
    /// Anything else.
    Leaf,
}

impl Shape {
    /// A lead, as this contract has it.
    pub fn of_lead(contract: &Contract) -> Self {
        let lead = contract.schema("Lead");
        lead.map_or_else(Self::default, |lead| Self::of(&lead, DEEPEST))
    }

    fn of(schema: &Schema, depth: usize) -> Self {
        let members = schema.properties().into_iter().map(|(name, schema)| {
            let shape = match depth {
                0 => Self::default(),
                _ if schema.is_object() => Self::of(&schema, depth - 1),
                _ => Self::default(),
            };
            let member = match shape.0.is_empty() {
                true => Member::Leaf,
                false => Member::Object(shape),
            };
            (name, member)
        });
        Self(members.collect())
    }

    pub fn members(&self) -> impl Iterator<Item = (&str, &Member)> {
        self.0.iter().map(|(name, member)| (name.as_str(), member))
    }

    pub fn member(&self, name: &str) -> Option<&Member> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, member)| member)
    }

    /// Whether the contract has something at this path.
    pub fn knows(&self, path: &str) -> bool {
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        match self.member(name) {
            Some(Member::Object(shape)) => rest.is_empty() || shape.knows(rest),
            Some(Member::Leaf) => rest.is_empty(),
            None => false,
        }
    }

    /// The paths of all that is no object with named members, in the contract's order.
    pub fn leaves(&self) -> Vec<String> {
        self.paths(false)
    }

    /// The paths of all that has a name.
    pub fn all(&self) -> Vec<String> {
        self.paths(true)
    }

    fn paths(&self, objects: bool) -> Vec<String> {
        let mut paths = Vec::new();
        for (name, member) in self.members() {
            let Member::Object(shape) = member else {
                paths.push(name.to_owned());
                continue;
            };
            if objects {
                paths.push(name.to_owned());
            }
            let inner = shape.paths(objects).into_iter();
            paths.extend(inner.map(|path| format!("{name}.{path}")));
        }
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paths_of_a_lead_are_the_contracts() {
        let shape = Shape::of_lead(&Contract::builtin());
        let leaves = shape.leaves();

        assert_eq!(leaves[0], "id");
        for leaf in [
            "notes",
            "metadata.utmSource",
            "disqualification_data.triggering_field.value",
        ] {
            assert!(leaves.iter().any(|path| path == leaf), "{leaf}");
        }
        assert!(!leaves.iter().any(|path| path == "metadata"));
        assert!(shape.all().iter().any(|path| path == "metadata"));
    }
}
