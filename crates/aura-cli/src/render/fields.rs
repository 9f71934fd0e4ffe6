//! The fields that were asked for, and where they stand in a lead.

use std::borrow::Cow;

use super::shape::Shape;
use crate::node::Node;
use crate::text::piece;

/// Paths such as `metadata.utmSource`, in the order in which they were given.
#[derive(Clone, Debug)]
pub struct Fields(Vec<Field>);

#[derive(Clone, Debug)]
struct Field {
    path: String,
    /// Some lead had it.
    seen: bool,
}

/// A field that was asked for, and what a lead has of it.
#[derive(Debug)]
pub struct Found<'a> {
    pub path: &'a str,
    /// The keys that lead to the value.
    pub keys: Vec<Cow<'a, str>>,
    pub node: Option<Node<'a>>,
}

impl Found<'_> {
    /// The name of the field by itself, if it is the contract's: `_cents` says nothing sure in another.
    pub fn name(&self, shape: &Shape) -> &str {
        let name = self.keys.last().map_or("", AsRef::as_ref);
        if shape.knows(self.path) { name } else { "" }
    }
}

impl Fields {
    /// Reads a list with commas. One that is named twice counts once.
    pub fn parse(list: &str) -> Result<Self, String> {
        let mut fields: Vec<Field> = Vec::new();
        for path in list.split(',').map(str::trim) {
            if path.is_empty() || path.split('.').any(str::is_empty) {
                return Err("field names separated by commas are expected, such as \
                            id,email,metadata.utmSource"
                    .into());
            }
            if !fields.iter().any(|field| field.path == path) {
                let path = path.to_owned();
                fields.push(Field { path, seen: false });
            }
        }
        Ok(Self(fields))
    }

    /// The paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|field| field.path.as_str())
    }

    /// What a lead has of them.
    pub fn of<'a>(&'a mut self, lead: Node<'a>) -> Vec<Found<'a>> {
        let found = self.0.iter_mut().map(|field| {
            let (keys, node) = find(lead, &field.path).unzip();
            field.seen |= node.is_some();
            let keys = keys.unwrap_or_default();
            let path = &field.path;
            Found { path, keys, node }
        });
        found.collect()
    }

    /// Warnings about those that no lead had and that the contract doesn't know.
    pub fn unknown(&self, shape: &Shape) -> Vec<String> {
        let known = shape.all();
        let unseen = self.0.iter().filter(|field| !field.seen);
        let unknown = unseen.filter(|field| !known.contains(&field.path));
        unknown
            .map(|Field { path, .. }| {
                let hint = nearest(path, &known)
                    .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                let path = piece(path);
                format!("no lead has a field `{path}`, nor does the contract{hint}")
            })
            .collect()
    }
}

/// Follows a path. A key may itself hold a dot, so the longest one that is there is taken.
fn find<'a>(node: Node<'a>, path: &str) -> Option<(Vec<Cow<'a, str>>, Node<'a>)> {
    let members = node.members()?;
    let mut end = Some(path.len());
    while let Some(at) = end {
        let (key, rest) = path.split_at(at);
        if let Some((key, node)) = members.iter().rfind(|(known, _)| known == key) {
            let found = match rest.strip_prefix('.') {
                None => Some((Vec::new(), *node)),
                Some(rest) => find(*node, rest),
            };
            if let Some((mut keys, node)) = found {
                keys.insert(0, key.clone());
                return Some((keys, node));
            }
        }
        end = path[..at].rfind('.');
    }
    None
}

/// The path of the contract that this one may have been meant to be.
fn nearest<'a>(path: &str, known: &'a [String]) -> Option<&'a String> {
    const CLOSE: f64 = 0.75;
    // People leave out the first part: `utmSource` for `metadata.utmSource`.
    let same_end = |known: &&String| known.rsplit('.').next() == Some(path);
    let score = |known: &String| strsim::jaro_winkler(&known.to_lowercase(), &path.to_lowercase());
    known.iter().find(same_end).or_else(|| {
        let scored = known.iter().map(|known| (score(known), known));
        let close = scored.filter(|(score, _)| *score >= CLOSE);
        let best = close.max_by(|(a, _), (b, _)| a.total_cmp(b));
        best.map(|(_, known)| known)
    })
}

#[cfg(test)]
mod tests {
    use aura_contract::Contract;

    use super::*;

    #[test]
    fn a_path_leads_through_objects_and_through_keys_with_dots() {
        let lead = Node::of(r#"{"a":{"b":1,"c.d":2},"a.e":3,"a.b.x":4,"n":null}"#);
        let raw = |path| find(lead, path).map(|(_, node)| node.raw());

        assert_eq!(raw("a.b"), Some("1"));
        assert_eq!(raw("a.c.d"), Some("2"));
        assert_eq!(raw("a.e"), Some("3"));
        assert_eq!(raw("n"), Some("null"));
        assert_eq!((raw("n.x"), raw("a.z"), raw("z")), (None, None, None));
        assert_eq!(find(lead, "a.c.d").expect("there").0, ["a", "c.d"]);
    }

    #[test]
    fn an_unknown_field_is_told_with_what_may_have_been_meant() {
        let shape = Shape::of_lead(&Contract::builtin());
        let mut fields =
            Fields::parse("id,emial,metadata.utmSorce,utmSource,custom,zzz").expect("fields");
        fields.of(Node::of(r#"{"id":"x","custom":1}"#));

        assert_eq!(
            fields.unknown(&shape),
            [
                "no lead has a field `emial`, nor does the contract; did you mean `email`?",
                "no lead has a field `metadata.utmSorce`, nor does the contract; did you mean `metadata.utmSource`?",
                "no lead has a field `utmSource`, nor does the contract; did you mean `metadata.utmSource`?",
                "no lead has a field `zzz`, nor does the contract",
            ]
        );
    }

    #[test]
    fn an_empty_name_is_refused() {
        for list in ["", "id,", "a..b", ".a", " "] {
            assert!(Fields::parse(list).is_err(), "{list:?}");
        }
        let fields = Fields::parse("id, email,id").expect("fields");
        assert_eq!(fields.paths().collect::<Vec<_>>(), ["id", "email"]);
    }
}
