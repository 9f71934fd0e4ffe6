//! A contract as JSON, as `aura sandbox --contract` takes it, and requests as they may come.

use std::sync::LazyLock;

use aura_contract::http::{HeaderMap, HeaderValue, Method};
use aura_contract::serde_json::{Value, from_str};
use aura_contract::{Argument, Contract, OPENAPI_JSON, Operation, Route};
use bolero::{TypeGenerator, check, produce, produce_with};

/// What takes the place of a value, which is found by its number.
#[derive(Clone, Debug, TypeGenerator)]
enum Other {
    Gone,
    Json(#[generator(0..JSON.len())] usize),
    Text(String),
    Number(f64),
    /// A copy of another.
    Copy(u16),
}

const JSON: [&str; 14] = [
    "null",
    "true",
    "[]",
    "{}",
    "[{}]",
    "\"\"",
    "-1",
    "1e300",
    "\"array\"",
    "\"object\"",
    "{\"$ref\": \"#/components/schemas/Lead\"}",
    "{\"$ref\": \"#\"}",
    "{\"allOf\": [{}]}",
    "{\"pattern\": \"(\"}",
];

static PLACES: LazyLock<(Value, Vec<String>)> = LazyLock::new(|| {
    let document: Value = from_str(OPENAPI_JSON).expect("codegen writes JSON");
    let mut places = Vec::new();
    pointers(&document, String::new(), &mut places);
    (document, places)
});

fn pointers(value: &Value, here: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(value, format!("{here}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, format!("{here}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(here);
}

fn damaged(damage: &[(u16, Other)]) -> Value {
    let (document, places) = &*PLACES;
    let mut document = document.clone();
    for (which, other) in damage {
        let place = |which: &u16| &places[usize::from(*which) % places.len()];
        let value = match other {
            Other::Gone => None,
            Other::Json(which) => from_str(JSON[*which]).ok(),
            Other::Text(text) => Some(text.as_str().into()),
            Other::Number(number) => Some((*number).into()),
            Other::Copy(from) => document.pointer(place(from)).cloned(),
        };
        // Where an earlier one has taken the place away, there is nothing to do.
        match (document.pointer_mut(place(which)), value) {
            (Some(there), Some(value)) => *there = value,
            (Some(_), None) => remove(&mut document, place(which)),
            (None, _) => {}
        }
    }
    document
}

fn remove(document: &mut Value, place: &str) {
    let Some((parent, name)) = place.rsplit_once('/') else {
        return;
    };
    if let Some(Value::Object(members)) = document.pointer_mut(parent) {
        members.remove(&name.replace("~1", "/").replace("~0", "~"));
    }
}

/// All that the sandbox and the command line ask of an operation.
fn used(operation: &Operation) {
    for parameter in &operation.parameters {
        _ = parameter.schema.check(&parameter.schema.sample());
    }
    let answers = operation.answers.iter();
    for content in answers.filter_map(|answer| answer.json()) {
        _ = content.schema.check(&content.sample());
    }
    _ = operation.request(&[]);
    _ = operation.check_body(None, b"{\"a\": [1]}");
    _ = operation.check_request(&[], Some("limit=x&limit=2"), &HeaderMap::new(), b"");
}

#[test]
fn a_damaged_contract_is_read_or_refused() {
    // Little at a time: what is damaged too much is refused at once.
    let few = produce_with::<Vec<_>>().values(produce::<(u16, Other)>());
    let damage = check!().with_generator(few.len(1..=4_usize));
    damage.for_each(
        |damage| match Contract::from_json(&damaged(damage).to_string()) {
            Ok(contract) => {
                _ = format!("{contract:?}");
                contract.operations().iter().for_each(used);
                _ = contract.schema("Lead").map(|schema| schema.sample());
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        },
    );
}

#[test]
fn any_text_is_no_contract() {
    check!().for_each(|bytes: &[u8]| {
        let read = Contract::from_json(&String::from_utf8_lossy(bytes));
        assert!(!read.expect_err("it is none").to_string().is_empty());
    });
}

/// A contract with queries, headers and bodies.
static GROWN: LazyLock<Contract> = LazyLock::new(|| {
    let made = client_codegen::run(include_str!(
        "../../../crates/openapi-diff/tests/diff/grown.yaml"
    ))
    .artifacts;
    let made = made.expect("the contract is in order").into_iter();
    let mut json = made.filter(|artifact| artifact.path.ends_with("openapi.json"));
    let json = json.next().expect("codegen writes it");
    Contract::from_json(&json.content).expect("it is a contract")
});

#[derive(Debug, TypeGenerator)]
struct Request {
    path: String,
    query: Option<String>,
    header: Vec<u8>,
    body: Vec<u8>,
}

#[test]
fn any_request_is_let_pass_or_told_what_is_wrong() {
    check!().with_type::<Request>().for_each(|request| {
        for method in [Method::GET, Method::POST, Method::PATCH, Method::PUT] {
            for path in [request.path.clone(), format!("/v1/leads/{}", request.path)] {
                if let Route::Found {
                    operation,
                    arguments,
                } = GROWN.route(&method, &path)
                {
                    checked(operation, &arguments, request);
                }
            }
        }
        for operation in GROWN.operations() {
            checked(
                operation,
                &[Argument {
                    name: "id".to_owned(),
                    raw: request.path.clone(),
                }],
                request,
            );
        }
    });
}

fn checked(operation: &Operation, arguments: &[Argument], request: &Request) {
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(&request.header) {
        for parameter in &operation.parameters {
            if let Ok(name) = parameter.name.parse::<aura_contract::http::HeaderName>() {
                headers.insert(name, value.clone());
            }
        }
    }
    let query = request.query.as_deref();
    for problem in operation.check_request(arguments, query, &headers, &request.body) {
        let told = problem.to_string();
        assert!(!told.contains(char::is_control), "{told:?}");
    }
}
