//! The rows: what goes wrong, and what is expected of a call then.

use std::time::Duration;

use aura_client::ErrorKind;
use aura_client::http::StatusCode;
use aura_client::serde_json::json;
use aura_client::uuid::Uuid;
use aura_sandbox::Fault;
use aura_workspace_tests::answers::{self, with};

use super::scenario::{ATTEMPT, MOST_BODY, TIMEOUT};
use super::secrets::{KEY, PERSONAL};

/// What is wrong with the world.
pub enum World {
    /// The sandbox does this to every call, or to the first alone.
    Strikes(Box<Fault>),
    WrongKey,
    UnknownLead,
    DeletedLead,
    LimitUsedUp,
    NobodyListens,
}

/// How much of the answer there is to look at.
#[derive(Clone, Copy, PartialEq)]
pub enum Kept {
    Nothing,
    Whole,
    Part,
}

/// What a body that does not fit still gives.
#[derive(Clone, Copy)]
pub enum Salvage {
    /// There is nothing to salvage, or nothing that could be.
    Nothing,
    AllBut(&'static str),
}

/// How a call ends that meets the fault each time.
pub enum Ends {
    Well,
    Badly(Failure),
}

pub struct Failure {
    pub kind: ErrorKind,
    pub status: Option<u16>,
    pub retry_after: Option<Duration>,
    /// What a retry may mend.
    pub may_pass: bool,
    pub kept: Kept,
    pub json_path: Option<&'static str>,
    pub salvage: Salvage,
}

pub struct Row {
    pub fault: &'static str,
    pub world: World,
    pub ends: Ends,
    pub tries: u32,
}

impl Row {
    fn well(fault: &'static str, strikes: Fault) -> Self {
        Self {
            fault,
            world: self::strikes(strikes),
            ends: Ends::Well,
            tries: 1,
        }
    }

    /// A transient failure, which is tried until there are no tries left.
    fn passing(fault: &'static str, world: World, kind: ErrorKind) -> Self {
        Self {
            fault,
            world,
            ends: Ends::Badly(Failure {
                kind,
                status: None,
                retry_after: None,
                may_pass: true,
                kept: Kept::Nothing,
                json_path: None,
                salvage: Salvage::Nothing,
            }),
            tries: 3,
        }
    }

    /// A failure that would be the same again.
    fn lasting(fault: &'static str, world: World, kind: ErrorKind) -> Self {
        let row = Self::passing(fault, world, kind);
        Self { tries: 1, ..row }.with(|failure| failure.may_pass = false)
    }

    fn with(mut self, set: impl FnOnce(&mut Failure)) -> Self {
        if let Ends::Badly(failure) = &mut self.ends {
            set(failure);
        }
        self
    }

    fn status(self, status: u16) -> Self {
        self.with(|failure| (failure.status, failure.kept) = (Some(status), Kept::Whole))
    }

    /// A wait that the API asks for.
    fn asks(self, wait: Duration) -> Self {
        self.with(|failure| failure.retry_after = Some(wait))
    }

    fn in_part(self) -> Self {
        self.with(|failure| failure.kept = Kept::Part)
    }

    fn at(self, path: &'static str) -> Self {
        self.with(|failure| failure.json_path = Some(path))
    }

    fn all_but_that(self) -> Self {
        self.with(|failure| {
            failure.salvage = Salvage::AllBut(failure.json_path.unwrap_or_default())
        })
    }

    /// Because the next try could not begin in time.
    fn once(self) -> Self {
        Self { tries: 1, ..self }
    }
}

fn status(code: u16) -> Fault {
    Fault::answer(StatusCode::from_u16(code).expect("a row gives a status"))
}

fn strikes(fault: Fault) -> World {
    World::Strikes(Box::new(fault))
}

/// Each row of the table. Bodies hold what must not be shown: a person's data, and the key.
pub fn rows() -> Vec<Row> {
    use ErrorKind::{Api, BodyTooLarge, Connect, Decode, Timeout, Transport};
    use World::{DeletedLead, LimitUsedUp, NobodyListens, UnknownLead, WrongKey};

    let second = Duration::from_secs(1);
    let secret = format!("{PERSONAL} {KEY}");
    let page = format!("<html>\r\n{secret}</html>");
    let said = |success: bool| json!({"success": success, "code": "NOT_NOW", "error": secret, "requestId": "req_body"});
    let gone =
        json!({"success": false, "code": "NOT_FOUND", "error": secret, "requestId": "req_body"});
    let gone = answers::json(410, gone);
    let another = json!({"id": Uuid::nil(), "email": secret, "total_paid_cents": secret});
    let another = json!({"success": true, "data": another});
    let drift = |path: &str| strikes(Fault::drift(path, secret.clone()));

    vec![
        Row::passing(
            "429, `Retry-After: 1`",
            strikes(Fault::too_many_requests()),
            Api,
        )
        .status(429)
        .asks(second),
        Row::passing(
            "429, `Retry-After: 60`, beyond the deadline",
            strikes(Fault::too_many_requests().retry_after(60 * second)),
            Api,
        )
        .status(429)
        .asks(60 * second)
        .once(),
        Row::passing("rate limit used up", LimitUsedUp, Api)
            .status(429)
            .asks(60 * second)
            .once(),
        Row::passing("500", strikes(Fault::internal_server_error()), Api).status(500),
        Row::passing(
            "502, a proxy's HTML",
            strikes(Fault::bad_gateway().body(page.clone())),
            Api,
        )
        .status(502),
        Row::passing(
            "503, `Retry-After: 1`",
            strikes(Fault::service_unavailable().body(said(false).to_string())),
            Api,
        )
        .status(503)
        .asks(second),
        Row::passing("408, no body", strikes(status(408)), Api).status(408),
        Row::passing("504, no body", strikes(status(504)), Api).status(504),
        Row::lasting("401, a wrong key", WrongKey, Api).status(401),
        Row::lasting("403", strikes(answers::json(403, said(false))), Api).status(403),
        Row::lasting("404, an unknown lead", UnknownLead, Api).status(404),
        Row::lasting("404, a deleted lead", DeletedLead, Api).status(404),
        Row::lasting(
            "404, a proxy's HTML",
            strikes(answers::text(404, "text/html", &page)),
            Api,
        )
        .status(404),
        Row::lasting(
            "404, with another code",
            strikes(answers::json(404, said(false))),
            Api,
        )
        .status(404),
        Row::lasting("410, with the code of a 404", strikes(gone), Api).status(410),
        Row::lasting("418, no body", strikes(status(418)), Api).status(418),
        Row::lasting(
            "302, to another host",
            strikes(with(status(302), "location", "http://127.0.0.2:9/")),
            Api,
        )
        .status(302),
        Row::lasting(
            "200, `success: false`",
            strikes(answers::json(200, said(false))),
            Api,
        )
        .status(200),
        Row::well("late, but in time", Fault::latency(ATTEMPT / 2)),
        Row::passing(
            "later than an attempt may take",
            strikes(Fault::latency(TIMEOUT)),
            Timeout,
        ),
        Row::passing("a head, then silence", strikes(Fault::stall()), Timeout)
            .status(200)
            .in_part(),
        Row::well(
            "bytes drip, but in time",
            Fault::slow_drip(512, Duration::from_millis(1)),
        ),
        Row::passing(
            "bytes drip for too long",
            strikes(Fault::slow_drip(1, second / 10)),
            Timeout,
        )
        .status(200)
        .in_part(),
        Row::passing("nobody listens", NobodyListens, Connect),
        Row::passing(
            "connection reset",
            strikes(Fault::connection_reset()),
            Transport,
        ),
        Row::passing("body cut off", strikes(Fault::truncated_body()), Transport)
            .status(200)
            .in_part(),
        Row::passing(
            "damaged gzip",
            strikes(with(
                answers::json(200, &secret),
                "content-encoding",
                "gzip",
            )),
            Transport,
        )
        .status(200)
        .in_part(),
        Row::lasting(
            "body larger than `max_body_bytes`",
            strikes(answers::json(
                200,
                secret.repeat(MOST_BODY / secret.len() + 1),
            )),
            BodyTooLarge,
        )
        .status(200)
        .in_part(),
        Row::lasting(
            "JSON that ends early",
            strikes(Fault::malformed_json()),
            Decode,
        )
        .status(200),
        Row::lasting(
            "200, HTML",
            strikes(answers::text(200, "text/html", &page)),
            Decode,
        )
        .status(200),
        Row::lasting(
            "200, no UTF-8",
            strikes(status(200).body(&b"{\"data\":\"\xff\"}"[..])),
            Decode,
        )
        .status(200),
        Row::lasting("204, no body", strikes(status(204)), Decode).status(204),
        Row::lasting("no `data`", strikes(answers::json(200, said(true))), Decode)
            .status(200)
            .at("data"),
        Row::lasting("a text for the lead", drift("data"), Decode)
            .status(200)
            .at("data"),
        Row::lasting(
            "a text for a required time",
            drift("data.created_at"),
            Decode,
        )
        .status(200)
        .at("data.created_at"),
        Row::lasting(
            "another lead than was asked for",
            strikes(Fault::drift("data.id", Uuid::nil().to_string())),
            Decode,
        )
        .status(200)
        .at("data.id"),
        Row::lasting(
            "another lead, which does not fit either",
            strikes(answers::json(200, another)),
            Decode,
        )
        .status(200)
        .at("data.id"),
        Row::lasting("a text for money", drift("data.total_paid_cents"), Decode)
            .status(200)
            .at("data.total_paid_cents")
            .all_but_that(),
        Row::lasting(
            "a number for a note's text",
            strikes(Fault::drift("data.notes[0].content", 4_711)),
            Decode,
        )
        .status(200)
        .at("data.notes[0].content")
        .all_but_that(),
        Row::well(
            "a field that the contract doesn't know",
            Fault::drift("data.pet", secret.clone()),
        ),
        Row::well(
            "null for an optional field",
            Fault::drift("data.email", json!(null)),
        ),
    ]
}
