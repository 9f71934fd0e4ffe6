//! Checking what a document says of itself: its examples and defaults against their schemas.

use serde_json::{Map, Value, json};

use super::effort::Effort;
use super::{Direction, json_schema, validator};
use crate::bounded;
use crate::document::Document;

/// A value that a document gives for one of its schemas, as an `example` or a `default`.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'v> {
    /// The schema, as it stands in the document.
    pub schema: &'v Value,
    /// The value that is said to fit it.
    pub value: &'v Value,
    /// Whether it is sent: `readOnly` properties are then not asked for. Else it is answered, and
    /// `writeOnly` ones are not.
    pub sent: bool,
}

/// Where a claim does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Which claim, by its place in the list.
    pub claim: usize,
    /// The keys and indexes that lead from the claim's value to what does not fit.
    pub place: Vec<String>,
    /// The keys and indexes that lead to the keyword that it does not fit, such as `type`: from the
    /// claim's schema, or from the document if the schema refers to a component that says so.
    pub keyword: Vec<String>,
    /// Whether the keyword stands in a component.
    pub in_component: bool,
    /// Why, without the value: "the value is not of type \"integer\"".
    pub reason: String,
}

/// Checks many claims of one document at once, in the order of the claims.
///
/// # Errors
///
/// If a schema of the document can't be used, such as one with a pattern that is no regular
/// expression, or if the document is beyond the bounds of a contract.
pub fn misfits(document: &Value, claims: &[Claim<'_>]) -> Result<Vec<Misfit>, String> {
    let document = Document::new(document.clone());
    bounded::check(&document)?;
    let is_too_much =
        |claim: &Claim<'_>| Effort::of(&document, claim.schema, claim.value) == Effort::TooMuch;
    let (too_much, checked): (Vec<_>, Vec<_>) = claims
        .iter()
        .enumerate()
        .partition(|(_, claim)| is_too_much(claim));
    let mut found: Vec<Misfit> = too_much.into_iter().map(unchecked).collect();
    for direction in [Direction::Sent, Direction::Answered] {
        let sent = direction == Direction::Sent;
        let claims = checked.iter().copied();
        let claims: Vec<_> = claims.filter(|(_, claim)| claim.sent == sent).collect();
        found.extend(in_one_direction(&document, direction, &claims)?);
    }
    found.sort_by_key(|misfit| misfit.claim);
    Ok(found)
}

/// A claim that nobody can check in a reasonable time.
fn unchecked((claim, _): (usize, &Claim<'_>)) -> Misfit {
    Misfit {
        claim,
        place: Vec::new(),
        keyword: Vec::new(),
        in_component: false,
        reason: "checking it would take too many steps".into(),
    }
}

/// One object with a property for each claim: so the components are read once, not once for each
/// claim.
fn in_one_direction(
    document: &Document,
    direction: Direction,
    claims: &[(usize, &Claim<'_>)],
) -> Result<Vec<Misfit>, String> {
    let name = |index: &usize| index.to_string();
    let schemas: Map<_, _> = claims
        .iter()
        .map(|(index, claim)| (name(index), json_schema::convert(claim.schema, direction)))
        .collect();
    let values: Value = claims
        .iter()
        .map(|(index, claim)| (name(index), claim.value.clone()))
        .collect::<Map<_, _>>()
        .into();
    let mut schema = json!({ "properties": schemas });
    schema["components"] = document.definitions(&schema, direction);
    let validator =
        validator::build(&schema).map_err(|error| error.masked_with("the value").to_string())?;
    let errors = validator.iter_errors(&values);
    Ok(errors.filter_map(misfit).collect())
}

fn misfit(error: jsonschema::ValidationError<'_>) -> Option<Misfit> {
    let mut place = parts(error.instance_path().as_str());
    let claim = place.remove(0).parse().ok()?;
    let path = parts(error.schema_path().as_str());
    let in_component = path.first().is_some_and(|first| first == "components");
    let known = if in_component { 3 } else { 2 };
    let (root, inside) = path.split_at_checked(known)?;
    let root = if in_component {
        root.to_vec()
    } else {
        Vec::new()
    };
    Some(Misfit {
        claim,
        place,
        keyword: as_written(root, inside),
        in_component,
        reason: error.masked_with("the value").to_string(),
    })
}

/// Without the `else` that a schema that can be null is wrapped in.
fn as_written(root: Vec<String>, inside: &[String]) -> Vec<String> {
    let mut path = root;
    let mut is_name = false;
    for part in inside {
        if is_name || part != "else" {
            path.push(part.clone());
        }
        is_name = !is_name && part == "properties";
    }
    path
}

pub(super) fn parts(pointer: &str) -> Vec<String> {
    let parts = pointer.split('/').skip(1);
    parts
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(document: &Value, schema: &Value, value: &Value) -> Vec<(String, String, String)> {
        let claims = [Claim {
            schema,
            value,
            sent: false,
        }];
        let found = misfits(document, &claims).expect("the schemas can be used");
        let told = |misfit: Misfit| {
            let [place, keyword] = [misfit.place, misfit.keyword].map(|path| path.join("/"));
            (place, keyword, misfit.reason)
        };
        found.into_iter().map(told).collect()
    }

    #[test]
    fn what_does_not_fit_is_told_at_its_place_also_inside_what_can_be_null() {
        let document = json!({ "components": { "schemas": { "Lead": {
            "type": "object",
            "required": ["id"],
            "properties": { "id": { "type": "string", "format": "uuid", "nullable": true } },
        } } } });
        let schema = json!({
            "type": "object",
            "nullable": true,
            "allOf": [{ "$ref": "#/components/schemas/Lead" }],
        });
        assert_eq!(told(&document, &schema, &Value::Null), []);
        assert_eq!(told(&document, &schema, &json!({ "id": null })), []);
        let told = |value| told(&document, &schema, &value);
        assert_eq!(
            told(json!({ "id": "7" })),
            [(
                "id".into(),
                "components/schemas/Lead/properties/id/format".into(),
                "the value is not a \"uuid\"".into()
            )]
        );
        assert_eq!(
            told(json!({})),
            [(
                String::new(),
                "components/schemas/Lead/required".into(),
                "\"id\" is a required property".into()
            )]
        );
        assert_eq!(told(json!([]))[0].1, "type");
    }

    #[test]
    fn a_schema_that_cannot_be_used_is_an_error() {
        let schema = json!({ "type": "string", "pattern": "[" });
        let claims = [Claim {
            schema: &schema,
            value: &Value::Null,
            sent: true,
        }];
        assert!(misfits(&json!({}), &claims).is_err());
    }
}
