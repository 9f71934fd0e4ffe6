use serde_json::{Value, json};

use super::*;

/// A document of one schema.
fn document(version: &str, schema: Value, others: Value) -> Value {
    let mut schemas = others;
    schemas["It"] = schema;
    json!({"openapi": version, "components": {"schemas": schemas}})
}

fn it() -> Pointer {
    Pointer::of(["components", "schemas", "It"])
}

/// What a schema allows, in the view's own words, without places.
fn allowed(document: &Value) -> String {
    let schema = Schemas::of(document).at(&it());
    let bound = |bound: &Option<Stated<Bound>>| bound.as_ref().map(|bound| bound.value);
    let size = |size: &Size| {
        let of = |size: &Option<Stated<u64>>| size.as_ref().map(|size| size.value);
        (of(&size.min), of(&size.max))
    };
    format!(
        "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {}",
        schema.types,
        schema.values.as_ref().map(|values| &values.value),
        schema.format.as_ref().map(|format| format.value),
        bound(&schema.limits.lower),
        bound(&schema.limits.upper),
        size(&schema.limits.length),
        schema
            .patterns
            .iter()
            .map(|pattern| pattern.value)
            .collect::<Vec<_>>(),
        schema
            .properties
            .iter()
            .map(|property| property.name)
            .collect::<Vec<_>>(),
        schema
            .required
            .iter()
            .map(|name| name.value)
            .collect::<Vec<_>>(),
        schema.choices.len(),
    )
}

#[test]
fn one_set_of_values_has_one_view_however_it_is_spelled() {
    let others = json!({
        "Name": {"type": "string", "maxLength": 9},
        "Nothing": {"type": "null"},
        "Chain": {"$ref": "#/components/schemas/Name"},
    });
    let name = || json!({"$ref": "#/components/schemas/Name"});
    for (what, old, new) in [
        (
            "null",
            json!({"type": "string", "nullable": true}),
            json!({"type": ["string", "null"]}),
        ),
        (
            "null beside a reference",
            json!({"allOf": [name()], "nullable": true}),
            json!({"anyOf": [name(), {"$ref": "#/components/schemas/Nothing"}]}),
        ),
        (
            "a reference",
            json!({"type": "string", "maxLength": 9}),
            name(),
        ),
        (
            "a chain of references",
            name(),
            json!({"$ref": "#/components/schemas/Chain"}),
        ),
        ("the only branch", name(), json!({"oneOf": [name()]})),
        (
            "a constant",
            json!({"enum": ["a"], "type": "string"}),
            json!({"const": "a"}),
        ),
        (
            "an exclusive limit",
            json!({"type": "number", "minimum": 4, "exclusiveMinimum": true}),
            json!({"type": "number", "exclusiveMinimum": 4.0}),
        ),
        (
            "limits of whole numbers",
            json!({"type": "integer", "minimum": 5, "maximum": 9}),
            json!({"type": "integer", "exclusiveMinimum": 4, "exclusiveMaximum": 9.5}),
        ),
        (
            "a choice between types",
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
            json!({"type": ["integer", "string"]}),
        ),
        (
            "bytes",
            json!({"type": "string", "format": "byte"}),
            json!({"type": "string", "contentEncoding": "base64"}),
        ),
        (
            "limits that exclude nothing",
            json!({"type": "string"}),
            json!({"type": "string", "minLength": 0, "pattern": "^.*$"}),
        ),
        (
            "a sum",
            json!({"type": "object", "required": ["a"], "properties": {"a": {}, "b": {}}}),
            json!({"allOf": [{"properties": {"a": {}}}, {"required": ["a"], "type": "object"}], "properties": {"b": {}}}),
        ),
        (
            "null in a list",
            json!({"type": "string", "nullable": true, "enum": ["a", null]}),
            json!({"type": ["string", "null"], "enum": [null, "a"]}),
        ),
    ] {
        let old = document("3.0.3", old, others.clone());
        let new = document("3.1.0", new, others.clone());
        let (mut old, mut new) = (allowed(&old), allowed(&new));
        // In which order the parts of a sum name properties means nothing.
        if what == "a sum" {
            old = old.replace(r#"["a", "b"]"#, r#"["b", "a"]"#);
            new = new.replace(r#"["a", "b"]"#, r#"["b", "a"]"#);
        }
        assert_eq!(old, new, "{what}");
    }
}

#[test]
fn each_dialect_reads_its_own_keywords() {
    let types = |version, schema: Value| {
        let document = document(version, schema, json!({"A": {"type": "string"}}));
        Schemas::of(&document).at(&it()).types
    };
    let nullable = json!({"type": "string", "nullable": true});
    assert_eq!(
        types("3.0.0", nullable.clone()),
        Types::STRING.or(Types::NULL)
    );
    assert_eq!(types("3.1.0", nullable), Types::STRING);
    let beside = json!({"$ref": "#/components/schemas/A", "type": "integer"});
    assert_eq!(types("3.0.0", beside.clone()), Types::STRING);
    assert_eq!(types("3.1.0", beside), Types::NONE);
    assert_eq!(types("3.1.0", json!(true)), Types::ALL);
    assert_eq!(types("3.1.0", json!(false)), Types::NONE);
}

#[test]
fn circles_and_long_chains_end() {
    let mut schemas = json!({
        "Round": {"allOf": [{"$ref": "#/components/schemas/Round"}], "type": "object"},
    });
    for index in 0..20_000 {
        let next = format!("#/components/schemas/C{}", index + 1);
        schemas[format!("C{index}")] = json!({"allOf": [{"$ref": next}]});
    }
    schemas["C20000"] = json!({"type": "string"});
    let document = document("3.0.0", json!({"$ref": "#/components/schemas/C0"}), schemas);
    let all = Schemas::of(&document);
    assert_eq!(all.at(&it()).types, Types::STRING);
    let round = Pointer::of(["components", "schemas", "Round"]);
    assert_eq!(all.at(&round).types, Types::OBJECT);
}

#[test]
fn facts_know_where_they_are_stated() {
    let schema = json!({"allOf": [{"$ref": "#/components/schemas/Base"}], "required": ["a"]});
    let base = json!({"Base": {"type": "object", "required": ["b"], "properties": {"a": {"maxLength": 3}}}});
    let document = document("3.0.0", schema, base);
    let all = Schemas::of(&document);
    let schema = all.at(&it());
    let places: Vec<String> = schema
        .required
        .iter()
        .map(|name| name.at.to_string())
        .collect();
    assert_eq!(
        places,
        [
            "/components/schemas/It/required/0",
            "/components/schemas/Base/required/0"
        ]
    );
    let property = all.all(&schema.property("a").unwrap().slots);
    let most = property.limits.length.max.as_ref().unwrap();
    assert_eq!(
        most.at.to_string(),
        "/components/schemas/Base/properties/a/maxLength"
    );
}
