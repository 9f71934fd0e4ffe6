//! Any contract, fault and request, so that coverage can lead to others: what is rejected is told
//! in one line, and nothing takes more memory or time than a contract of its size may.

use std::time::{Duration, Instant};

use aura_client::serde_json::{self, Value, json};
use aura_contract::http::{HeaderMap, Method};
use aura_contract::{Contract, Operation, Route};
use aura_sandbox::{Fault, Sandbox};
use bolero::{TypeGenerator, check};

use super::service::{self, counted};

/// The most that one input may hold. A megabyte of JSON may be a hundred of values, and as much of
/// compiled schemas.
const MOST_HELD: usize = 800 << 20;

/// The longest that one input may take, on a machine that does other things too.
const LONGEST: Duration = Duration::from_secs(30);

const MEGABYTE: usize = 1_000_000;

/// A schema, of which each keyword may be more than is good.
#[derive(Clone, Debug, TypeGenerator)]
enum Schema {
    Type(#[generator(0..TYPES.len())] usize),
    /// To a component, which there may not be.
    Ref(#[generator(0..8_usize)] usize),
    /// To the first link of the chain.
    Chain,
    /// Counts, limits and whatever else takes a plain value.
    Plain(
        #[generator(0..TYPES.len())] usize,
        #[generator(0..PLAIN.len())] usize,
        #[generator(0..SIZES.len())] usize,
        Option<Box<Schema>>,
    ),
    Object(Vec<(Name, Schema)>, Vec<Name>, Option<Box<Schema>>),
    Listed(#[generator(0..LISTING.len())] usize, Vec<Schema>),
    /// One again and again.
    Wide(
        #[generator(0..LISTING.len())] usize,
        #[generator(0..3_000_usize)] usize,
        Box<Schema>,
    ),
    /// One inside the other.
    Deep(
        #[generator(0..HOLDING.len())] usize,
        #[generator(0..120_usize)] usize,
        Box<Schema>,
    ),
    /// Many properties, each the same.
    Properties(#[generator(0..3_000_usize)] usize, bool, Box<Schema>),
    Pattern(Vec<Piece>),
    Example(Example, Box<Schema>),
    Nullable(Box<Schema>),
}

#[derive(Clone, Copy, Debug, TypeGenerator)]
struct Name(#[generator(0..4_u8)] u8);

/// What a pattern is put together from.
#[derive(Clone, Debug, TypeGenerator)]
enum Piece {
    Text(#[generator(0..PIECES.len())] usize),
    Group(Vec<Piece>),
    Repeated(Box<Piece>, #[generator(0..SIZES.len())] usize),
    Starred(Box<Piece>),
}

#[derive(Clone, Debug, TypeGenerator)]
enum Example {
    Scalar(#[generator(0..JSON.len())] usize),
    Long(#[generator(0..100_000_usize)] usize),
    Many(
        #[generator(0..JSON.len())] usize,
        #[generator(0..5_000_usize)] usize,
    ),
    Deep(#[generator(0..120_usize)] usize),
}

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];
const PLAIN: [&str; 10] = [
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "minProperties",
    "multipleOf",
    "minimum",
    "maximum",
    "uniqueItems",
    "format",
];
const SIZES: [&str; 12] = [
    "0",
    "1",
    "2",
    "9",
    "50",
    "1000",
    "10000",
    "1000000000",
    "1e-300",
    "1e300",
    "true",
    "\"uuid\"",
];
const LISTING: [&str; 4] = ["allOf", "oneOf", "anyOf", "enum"];
const HOLDING: [&str; 4] = ["items", "additionalProperties", "not", "allOf"];
const PIECES: [&str; 12] = [
    "a", "[a-z]", r"\p{L}", ".", "^", "$", "(?=a)", "(?!b)", r"\1", "|", "(?<=a)", "{",
];
const JSON: [&str; 8] = [
    "null",
    "0",
    "1e300",
    "\"a\"",
    "{}",
    "[]",
    "{\"p0\":{}}",
    "true",
];

/// What leads from a link of the chain to the next.
const LINKS: [&str; 8] = [
    "R",
    r#"{"allOf":[R]}"#,
    r#"{"allOf":[R,R]}"#,
    r#"{"oneOf":[R,R]}"#,
    r#"{"type":"array","minItems":2,"items":R}"#,
    r#"{"type":"object","properties":{"p0":R,"p1":R}}"#,
    r#"{"type":"object","required":["p0","p1"],"properties":{"p0":R,"p1":R}}"#,
    r#"{"allOf":[{"properties":{"p0":R}},{"properties":{"p0":R}}],"nullable":true}"#,
];

/// A contract, with what is asked of it.
#[derive(Clone, Debug, TypeGenerator)]
struct Input {
    components: Vec<Schema>,
    #[generator(0..LINKS.len())]
    link: usize,
    #[generator(0..5_000_usize)]
    links: usize,
    /// Whether the last link leads to the first.
    is_ring: bool,
    used: Schema,
    #[generator(0..1_000_usize)]
    operations: usize,
    /// Whether operations refer to one response.
    is_shared: bool,
    query: String,
    body: Vec<u8>,
    value: Example,
    fault: Vec<u8>,
    #[generator(0..300_000_usize)]
    steps: usize,
}

impl Schema {
    fn json(&self) -> Value {
        match self {
            Self::Type(kind) => json!({ "type": TYPES[*kind] }),
            Self::Ref(which) => reference(&format!("C{which}")),
            Self::Chain => reference("L0"),
            Self::Plain(kind, keyword, size, items) => {
                let mut schema =
                    json!({ "type": TYPES[*kind], PLAIN[*keyword]: parsed(SIZES[*size]) });
                if let Some(items) = items {
                    schema["items"] = items.json();
                }
                schema
            }
            Self::Object(properties, required, rest) => {
                let named = properties
                    .iter()
                    .map(|(name, schema)| (name.text(), schema.json()));
                let named: serde_json::Map<_, _> = named.collect();
                let required: Vec<_> = required.iter().map(|name| name.text()).collect();
                let mut schema =
                    json!({ "type": "object", "properties": named, "required": required });
                if let Some(rest) = rest {
                    schema["additionalProperties"] = rest.json();
                }
                schema
            }
            Self::Listed(keyword, schemas) => {
                json!({ LISTING[*keyword]: schemas.iter().map(Self::json).collect::<Vec<_>>() })
            }
            Self::Wide(keyword, times, schema) => {
                let each = schema.json();
                let times = at_most(*times, &each);
                json!({ LISTING[*keyword]: vec![each; times] })
            }
            Self::Deep(keyword, times, schema) => {
                (0..*times).fold(schema.json(), |inner, _| match HOLDING[*keyword] {
                    "allOf" => json!({ "allOf": [inner] }),
                    keyword => json!({ keyword: inner }),
                })
            }
            Self::Properties(times, are_required, schema) => {
                let each = schema.json();
                let names = (0..at_most(*times, &each)).map(|n| format!("p{n}"));
                let required: Vec<_> = names.clone().filter(|_| *are_required).collect();
                let named: serde_json::Map<_, _> = names.map(|name| (name, each.clone())).collect();
                json!({ "type": "object", "properties": named, "required": required })
            }
            Self::Pattern(pieces) => {
                let pattern: String = pieces.iter().map(Piece::text).collect();
                json!({ "type": "string", "pattern": pattern })
            }
            Self::Example(example, schema) => {
                let mut schema = schema.json();
                schema["example"] = example.json();
                schema
            }
            Self::Nullable(schema) => {
                let mut schema = schema.json();
                schema["nullable"] = true.into();
                schema
            }
        }
    }
}

impl Name {
    fn text(self) -> String {
        format!("p{}", self.0)
    }
}

impl Piece {
    fn text(&self) -> String {
        match self {
            Self::Text(which) => PIECES[*which].to_owned(),
            Self::Group(pieces) => {
                let inner: String = pieces.iter().map(Self::text).collect();
                format!("({inner})")
            }
            Self::Repeated(piece, size) => format!("{}{{{}}}", piece.text(), SIZES[*size]),
            Self::Starred(piece) => format!("{}*", piece.text()),
        }
    }
}

impl Example {
    fn json(&self) -> Value {
        match self {
            Self::Scalar(which) => parsed(JSON[*which]),
            Self::Long(length) => "a".repeat(*length).into(),
            Self::Many(which, times) => vec![parsed(JSON[*which]); *times].into(),
            Self::Deep(levels) => (0..*levels).fold(json!(1), |inner, _| json!({ "p0": inner })),
        }
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// How often a value is repeated, so that all together have a megabyte at most.
fn at_most(times: usize, value: &Value) -> usize {
    times.min(MEGABYTE / value.to_string().len())
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("it is JSON")
}

impl Input {
    fn contract(&self) -> String {
        let named = self.components.iter().enumerate();
        let named = named.map(|(n, schema)| (format!("C{n}"), schema.json()));
        let mut schemas: serde_json::Map<_, _> = named.collect();
        for n in 0..self.links {
            let next = match n + 1 == self.links {
                true if self.is_ring => 0,
                _ => n + 1,
            };
            let next = reference(&format!("L{next}")).to_string();
            schemas.insert(
                format!("L{n}"),
                parsed(&LINKS[self.link].replace('R', &next)),
            );
        }
        schemas.insert(format!("L{}", self.links), json!({ "type": "string" }));
        let content = json!({ "application/json": { "schema": self.used.json() } });
        let response = match self.is_shared {
            true => json!({ "$ref": "#/components/responses/All" }),
            false => json!({ "description": "", "content": content }),
        };
        let operation = |n: usize| {
            json!({ "post": {
                "operationId": format!("o{n}"),
                "parameters": [{ "name": "q", "in": "query", "schema": self.used.json() }],
                "requestBody": { "content": content },
                "responses": { "200": response },
            } })
        };
        // A contract of a megabyte or so; the schema of each operation is written out.
        let size = content.to_string().len() * 2 + 200;
        let operations = self.operations.min(MEGABYTE / size) + 1;
        let paths = (0..operations).map(|n| (format!("/o{n}/{{id}}"), operation(n)));
        let contract = json!({
            "openapi": "3.0.3",
            "info": { "title": "any", "version": "1" },
            "paths": paths.collect::<serde_json::Map<_, _>>(),
            "components": {
                "schemas": schemas,
                "responses": { "All": { "description": "", "content": content } },
            },
        });
        contract.to_string()
    }

    /// A fault that may have a long path, or any JSON.
    fn fault(&self) -> Result<Fault, serde_json::Error> {
        match serde_json::from_slice(&self.fault) {
            Ok(fault) => Ok(fault),
            Err(_) => {
                let step = ["p0.", "[0]", "[", "p0[1]"][self.steps % 4];
                let path = step.repeat(self.steps);
                serde_json::from_value(json!({
                    "fault": "drift", "path": path, "value": self.value.json(),
                }))
            }
        }
    }
}

/// Runs an input within its bounds. The stack is a thread's, as in a test.
fn bounded<T>(input: &Input, act: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let (result, held) = counted(act);
    let took = began.elapsed();
    assert!(held < MOST_HELD, "{held} bytes: {input:?}");
    assert!(took < LONGEST, "{took:?}: {input:?}");
    result
}

fn is_one_line(told: &str) {
    assert!(!told.is_empty() && told.chars().count() < 5_000, "{told}");
    assert!(!told.contains('\n'), "{told}");
}

/// Everything that a contract gives.
fn used(input: &Input, contract: &Contract) {
    let values = [
        input.value.json().to_string().into_bytes(),
        input.body.clone(),
    ];
    let call = |operation: &Operation| {
        for body in &values {
            let query = Some(input.query.as_str());
            let problems = operation.check_request(&[], query, &HeaderMap::new(), body);
            problems
                .iter()
                .for_each(|problem| is_one_line(&problem.to_string()));
            for problem in operation.check_response(200, body) {
                is_one_line(&problem.to_string());
            }
        }
        for content in operation.answers.iter().filter_map(|answer| answer.json()) {
            _ = content.schema.check(&content.sample());
        }
    };
    // Each is like the others.
    contract.operations().iter().take(3).for_each(call);
    for component in ["C0", "C1", "L0"] {
        if let Some(schema) = contract.schema(component) {
            _ = schema.check(&schema.sample());
        }
    }
    for path in [&input.query, "/o0/a", "/o0/a/b"] {
        if let Route::Found { arguments, .. } = contract.route(&Method::POST, path) {
            assert_eq!(arguments.len(), 1);
        }
    }
}

#[test]
fn any_contract_is_read_and_used_within_bounds() {
    let _heap = service::start();
    check!().with_type::<Input>().for_each(|input| {
        let text = input.contract();
        bounded(input, || match Contract::from_json(&text) {
            Ok(contract) => used(input, &contract),
            Err(error) => is_one_line(&error.to_string()),
        });
    });
}

#[test]
fn any_contract_is_served_within_bounds_with_any_fault() {
    let _heap = service::start();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    check!().with_type::<Input>().for_each(|input| {
        let Ok(contract) = Contract::from_json(&input.contract()) else {
            return;
        };
        bounded(input, || runtime.block_on(served(input, contract)));
    });
}

async fn served(input: &Input, contract: Contract) {
    let builder = Sandbox::builder().contract(contract).no_rate_limit();
    let sandbox = match builder.start().await {
        Ok(sandbox) => sandbox,
        Err(error) => return is_one_line(&error.to_string()),
    };
    let injected = match input.fault() {
        Ok(fault) => sandbox
            .inject(fault.times(1))
            .map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(problem) = injected {
        is_one_line(&problem);
    }
    let client = sandbox
        .client()
        .with_timeout(Duration::from_secs(1))
        .with_max_retries(0);
    let value = input.value.json();
    for path in ["/o0/a", "/nowhere"] {
        for body in [None, Some(&value)] {
            // What is answered is the contract's affair; that there is an answer is ours.
            _ = client.request(Method::POST, path, body).await;
        }
    }
    assert!(sandbox.request_count() >= 4);
    assert!(
        sandbox
            .requests()
            .iter()
            .all(|request| request.status().is_some() || request.fault().is_some())
    );
}
