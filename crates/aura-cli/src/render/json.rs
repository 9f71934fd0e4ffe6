//! JSON in the service's own text.

use serde_json::json;
use std::borrow::Cow;

use super::fields::Found;
use crate::json::{compact, quoted};
use crate::lead::{Anomaly, Lead};
use crate::node::Node;

/// The member of a lead that lists the fields that do not fit the contract.
const ANOMALIES: &str = "_anomalies";

/// A lead as one line: all of it, or the fields that were asked for, nested as they came. Those of
/// them that do not fit the contract are as they were sent, and listed at the end.
pub fn line(lead: &Lead, fields: Option<&[Found]>) -> String {
    let mut text = match fields {
        Some(fields) => of_fields(fields),
        None => compact(lead.data().raw()),
    };
    let is_shown = |anomaly: &&Anomaly| {
        fields.is_none_or(|fields| fields.iter().any(|field| anomaly.concerns(field.path)))
    };
    let anomalies = lead.drift().anomalies().iter().filter(is_shown);
    let anomalies: Vec<_> = anomalies.map(|anomaly| json!(anomaly)).collect();
    if !anomalies.is_empty() {
        // An object ends with its brace.
        text.pop();
        let separator = if text == "{" { "" } else { "," };
        let anomalies = compact(&json!(anomalies).to_string());
        text += &format!("{separator}\"{ANOMALIES}\":{anomalies}}}");
    }
    text
}

fn of_fields(fields: &[Found]) -> String {
    let mut tree = Tree::Branch(Vec::new());
    for field in fields {
        if let Some(node) = field.node {
            tree.insert(&field.keys, node);
        }
    }
    let mut text = String::new();
    tree.write(&mut text);
    text
}

/// An object made of some of a lead's fields.
enum Tree<'a> {
    Leaf(Node<'a>),
    Branch(Vec<(Cow<'a, str>, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// Puts a value where its keys say. What is there as a whole has it already.
    fn insert(&mut self, keys: &[Cow<'a, str>], node: Node<'a>) {
        let Self::Branch(members) = self else {
            return;
        };
        let Some((key, rest)) = keys.split_first() else {
            *self = Self::Leaf(node);
            return;
        };
        if let Some((_, member)) = members.iter_mut().find(|(known, _)| known == key) {
            return member.insert(rest, node);
        }
        let mut member = Self::Branch(Vec::new());
        member.insert(rest, node);
        members.push((key.clone(), member));
    }

    fn write(&self, text: &mut String) {
        let members = match self {
            Self::Leaf(node) => return text.push_str(&compact(node.raw())),
            Self::Branch(members) => members,
        };
        text.push('{');
        for (at, (key, member)) in members.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            text.push_str(&quoted(key));
            text.push(':');
            member.write(text);
        }
        text.push('}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Fields;

    #[test]
    fn fields_keep_their_nesting_and_the_order_that_was_asked_for() {
        let lead = Node::of(r#"{"id":1,"metadata":{"b":{"c":2},"a":"x"},"email":null}"#);
        let line = |fields: &str| {
            let mut fields = Fields::parse(fields).expect("fields");
            of_fields(&fields.of(lead))
        };

        assert_eq!(
            line("metadata.a,email,metadata.b.c,nothing"),
            r#"{"metadata":{"a":"x","b":{"c":2}},"email":null}"#
        );
        assert_eq!(
            line("metadata.a,metadata"),
            r#"{"metadata":{"a":"x","b":{"c":2}}}"#
                .replace(r#""a":"x","b":{"c":2}"#, r#""b":{"c":2},"a":"x""#)
        );
        assert_eq!(
            line("metadata,metadata.a"),
            r#"{"metadata":{"b":{"c":2},"a":"x"}}"#
        );
    }

    #[test]
    fn what_does_not_fit_the_contract_is_as_sent_and_listed() {
        let lead = Lead::of(r#"{"id":"1","total_paid_cents":"12.50"}"#);
        let lead = lead.with_drift("total_paid_cents").with_drift("status");
        let told = r#"{"path":"total_paid_cents","reason":"it is wrong"}"#;
        assert_eq!(
            line(&lead, None),
            format!(
                r#"{{"id":"1","total_paid_cents":"12.50","_anomalies":[{told},{}]}}"#,
                told.replace("total_paid_cents", "status")
            )
        );

        let mut fields = Fields::parse("total_paid_cents").expect("fields");
        assert_eq!(
            line(&lead, Some(&fields.of(lead.data()))),
            format!(r#"{{"total_paid_cents":"12.50","_anomalies":[{told}]}}"#)
        );
        let mut fields = Fields::parse("id").expect("fields");
        let found = fields.of(lead.data());
        assert_eq!(line(&lead, Some(&found)), r#"{"id":"1"}"#);
    }
}
