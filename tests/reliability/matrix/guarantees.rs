//! The columns: what is guaranteed, how a row tells it, and whether it holds.

use std::error::Error as _;
use std::time::Duration;

use aura_client::serde_json::{Value, from_slice, to_value};
use aura_client::types::Lead;
use aura_client::{Error, ErrorKind, Response};

use super::rows::{Ends, Failure, Kept, Row, Salvage, World};
use super::scenario::{Call, Seen, TIMEOUT};
use super::secrets::leak;

pub type Checked = Result<(), String>;

pub struct Guarantee {
    pub title: &'static str,
    /// How it is told of a row.
    pub cell: fn(&Row) -> String,
    /// Why it doesn't hold, if it doesn't.
    pub check: fn(&Row, &Seen) -> Checked,
}

pub const ALL: [Guarantee; 10] = [
    Guarantee {
        title: "the call gives",
        cell: |row| match &row.ends {
            Ends::Well => "the lead".to_owned(),
            Ends::Badly(failure) => told(failure),
        },
        check: |row, seen| outcome(row, &seen.get.outcome),
    },
    Guarantee {
        title: "absent",
        cell: |row| match is_absent(row) {
            true => yes(),
            false => "–".to_owned(),
        },
        check: absent,
    },
    Guarantee {
        title: "tries",
        cell: |row| row.tries.to_string(),
        check: |row, seen| tries(row, row.tries, &seen.get),
    },
    Guarantee {
        title: "ends in time",
        cell: |_| yes(),
        check: |_, seen| in_time(seen),
    },
    Guarantee {
        title: "of a POST",
        cell: |row| match (&row.ends, post_may_be_repeated(row)) {
            (Ends::Well, _) => "1".to_owned(),
            (_, true) => "1, may be repeated".to_owned(),
            (_, false) => "1".to_owned(),
        },
        check: post,
    },
    Guarantee {
        title: "if it strikes once",
        cell: |row| match (&row.world, &row.ends) {
            (World::Strikes(_), Ends::Badly(failure)) if !failure.may_pass => "the same".to_owned(),
            (World::Strikes(_), _) if asks_too_long(row) => "the same".to_owned(),
            (World::Strikes(_), Ends::Badly(_)) => "the lead, second try".to_owned(),
            (World::Strikes(_), Ends::Well) => "the lead".to_owned(),
            _ => "–".to_owned(),
        },
        check: |row, seen| seen.once.as_ref().map_or(Ok(()), |call| once(row, call)),
    },
    Guarantee {
        title: "kept of the answer",
        cell: |row| match &row.ends {
            Ends::Well => "all".to_owned(),
            Ends::Badly(failure) => match failure.kept {
                Kept::Nothing => "none came".to_owned(),
                Kept::Whole => "all".to_owned(),
                Kept::Part => "what came".to_owned(),
            },
        },
        check: |row, seen| kept(row, &seen.get),
    },
    Guarantee {
        title: "salvage",
        cell: |row| match &row.ends {
            Ends::Badly(Failure {
                salvage: Salvage::AllBut(path),
                ..
            }) => format!("all but `{path}`"),
            Ends::Badly(failure) if failure.kind == ErrorKind::Decode => "nothing".to_owned(),
            _ => "–".to_owned(),
        },
        check: |row, seen| match (&row.ends, &seen.get.outcome) {
            (Ends::Badly(failure), Err(error)) => salvage(failure, error),
            (_, outcome) => invented_nothing(outcome.as_ref().ok()),
        },
    },
    Guarantee {
        title: "one private line",
        cell: |_| yes(),
        check: |_, seen| private(seen),
    },
    Guarantee {
        title: "next call",
        cell: |row| match row.world {
            World::WrongKey => "–".to_owned(),
            _ => yes(),
        },
        check: |_, seen| seen.next.as_ref().map_or(Ok(()), healthy),
    },
];

fn yes() -> String {
    "✓".to_owned()
}

/// The API itself says that there is no such lead.
fn is_absent(row: &Row) -> bool {
    matches!(row.world, World::UnknownLead | World::DeletedLead)
}

fn told(failure: &Failure) -> String {
    let mut told = format!("`{:?}`", failure.kind);
    if let Some(status) = failure.status {
        told += &format!(" {status}");
    }
    if let Some(path) = failure.json_path {
        told += &format!(" at `{path}`");
    }
    match (failure.may_pass, failure.retry_after) {
        (true, Some(wait)) => told += &format!(", transient, {} s", wait.as_secs()),
        (true, None) => told += ", transient",
        (false, _) => {}
    }
    told
}

/// A wait that ends after the deadline is not begun.
fn asks_too_long(row: &Row) -> bool {
    let Ends::Badly(failure) = &row.ends else {
        return false;
    };
    failure.retry_after.is_some_and(|wait| wait > TIMEOUT)
}

fn post_may_be_repeated(row: &Row) -> bool {
    let Ends::Badly(failure) = &row.ends else {
        return false;
    };
    failure.kind == ErrorKind::Connect || failure.status == Some(429)
}

pub fn equal<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Checked {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what} is {found:?}, not {expected:?}")),
    }
}

fn outcome(row: &Row, outcome: &Result<Response<Lead>, Error>) -> Checked {
    let (failure, error) = match (&row.ends, outcome) {
        (Ends::Well, Ok(_)) => return Ok(()),
        (Ends::Badly(failure), Err(error)) => (failure, error),
        (_, Ok(_)) => return Err("it succeeded".to_owned()),
        (_, Err(error)) => return Err(format!("it failed: {error:?}")),
    };
    equal("the kind", error.kind(), failure.kind)?;
    let status = error.status().map(|status| status.as_u16());
    equal("the status", status, failure.status)?;
    equal("is_retryable", error.is_retryable(), failure.may_pass)?;
    equal("json_path", error.json_path(), failure.json_path)?;
    // The rate limit's window is told in whole seconds, and some of it may have passed.
    let near =
        |found: Duration, wait: Duration| found <= wait && found + Duration::from_secs(1) >= wait;
    match (error.retry_after(), failure.retry_after) {
        (Some(found), Some(wait)) if near(found, wait) => Ok(()),
        (found, wait) => equal("retry_after", found, wait),
    }
}

/// Of a path that the contract does not name, as the POST's, it is never known.
fn absent(row: &Row, seen: &Seen) -> Checked {
    let says_so = |error: Option<&Error>| error.is_some_and(Error::is_not_found);
    let (get, post) = (seen.get.outcome.as_ref(), seen.post.outcome.as_ref());
    equal("is_not_found", says_so(get.err()), is_absent(row))?;
    equal("is_not_found of the POST", says_so(post.err()), false)
}

fn tries<T>(row: &Row, expected: u32, call: &Call<T>) -> Checked {
    let attempts = match &call.outcome {
        Ok(response) => response.attempts(),
        Err(error) => error.attempts(),
    };
    equal("attempts", attempts, expected)?;
    match row.world {
        World::NobodyListens => Ok(()),
        _ => equal("requests", call.requests.len(), expected as usize),
    }
}

fn in_time(seen: &Seen) -> Checked {
    // What the timer's steps of a millisecond may add.
    let limit = TIMEOUT + Duration::from_millis(50);
    match seen.get.took.max(seen.post.took) {
        took if took <= limit => Ok(()),
        took => Err(format!("it took {took:?}")),
    }
}

fn post(row: &Row, seen: &Seen) -> Checked {
    tries(row, 1, &seen.post)?;
    match &seen.post.outcome {
        Ok(_) => Ok(()),
        Err(error) => equal(
            "is_retryable",
            error.is_retryable(),
            post_may_be_repeated(row),
        ),
    }
}

fn once(row: &Row, call: &Call<Lead>) -> Checked {
    match &row.ends {
        Ends::Badly(failure) if failure.may_pass && !asks_too_long(row) => match &call.outcome {
            Ok(lead) => equal("attempts", lead.attempts(), 2),
            Err(error) => Err(format!("it failed: {error:?}")),
        },
        _ => outcome(row, &call.outcome).and_then(|()| tries(row, 1, call)),
    }
}

fn kept(row: &Row, call: &Call<Lead>) -> Checked {
    let (failure, error) = match (&row.ends, &call.outcome) {
        (Ends::Badly(failure), Err(error)) => (failure, error),
        (_, Ok(response)) => {
            let last = call.requests.last().map(String::as_str);
            return equal("the request ID", response.request_id(), last);
        }
        (_, Err(error)) => return Err(format!("it failed: {error:?}")),
    };
    let length = error.body().map(|body| body.len());
    let header = |name| error.headers()?.get(name)?.to_str().ok()?.parse().ok();
    match failure.kept {
        Kept::Nothing => equal("the body's length", length, None)?,
        Kept::Whole => equal(
            "the body's length",
            length,
            Some(header("content-length").unwrap_or(0)),
        )?,
        Kept::Part => equal("there is a body", length.is_some(), true)?,
    }
    let id = error
        .headers()
        .and_then(|headers| headers.get("x-request-id"));
    let id = id.and_then(|id| id.to_str().ok());
    equal("headers", id.is_some(), failure.kept != Kept::Nothing)?;
    if let Some(id) = id {
        equal(
            "the last answer's ID",
            Some(id),
            call.requests.last().map(String::as_str),
        )?;
        // What the body says of itself goes before the header.
        let known = [Some(id), Some("req_body")];
        equal(
            "request_id() is one of them",
            known.contains(&error.request_id()),
            true,
        )?;
    }
    Ok(())
}

fn salvage(failure: &Failure, error: &Error) -> Checked {
    let salvaged = error.salvage::<Lead>();
    let path = match (failure.salvage, &salvaged) {
        (Salvage::Nothing, None) => return Ok(()),
        (Salvage::AllBut(path), Some(_)) => path,
        (Salvage::Nothing, Some(_)) => return Err("something was salvaged".to_owned()),
        (Salvage::AllBut(_), None) => return Err("nothing was salvaged".to_owned()),
    };
    let Some(salvaged) = salvaged else {
        return Ok(());
    };
    let paths: Vec<_> = salvaged
        .anomalies
        .iter()
        .map(|anomaly| anomaly.json_path.as_str())
        .collect();
    equal("the anomalies", paths, vec![path])?;
    let body = error.body().map(|body| &body[..]).unwrap_or_default();
    stands_in(
        &to_value(&salvaged.value).map_err(|error| error.to_string())?,
        &data(body)?,
    )
}

fn invented_nothing(response: Option<&Response<Lead>>) -> Checked {
    let Some(response) = response else {
        return Ok(());
    };
    let value = to_value(&**response).map_err(|error| error.to_string())?;
    stands_in(&value, &data(response.bytes())?)
}

fn data(body: &[u8]) -> Result<Value, String> {
    let mut body: Value = from_slice(body).map_err(|error| error.to_string())?;
    Ok(body["data"].take())
}

/// Whether each value of `read` came.
fn stands_in(read: &Value, came: &Value) -> Checked {
    match (read, came) {
        (Value::Object(read), Value::Object(came)) => read.iter().try_for_each(|(name, read)| {
            let came = came.get(name);
            stands_in(read, came.ok_or_else(|| format!("`{name}` was invented"))?)
        }),
        (Value::Array(read), Value::Array(came)) if read.len() == came.len() => {
            let mut pairs = read.iter().zip(came);
            pairs.try_for_each(|(read, came)| stands_in(read, came))
        }
        (read, came) if read == came => Ok(()),
        _ => Err("a value was invented".to_owned()),
    }
}

fn private(seen: &Seen) -> Checked {
    let mut shown = Vec::new();
    show(&seen.get, &mut shown)?;
    show(&seen.post, &mut shown)?;
    if let Some(once) = &seen.once {
        show(once, &mut shown)?;
    }
    match shown.iter().find(|text| leak(text).is_some()) {
        Some(text) => Err(format!("{text} shows a secret")),
        None => Ok(()),
    }
}

/// All that can be printed of a call; the lines of an error must be lines.
fn show<T: std::fmt::Debug>(call: &Call<T>, shown: &mut Vec<String>) -> Checked {
    let error = match &call.outcome {
        Ok(response) => {
            shown.extend([format!("{response:?}"), format!("{response:#?}")]);
            return Ok(());
        }
        Err(error) => error,
    };
    let lines = [
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
    ];
    for line in &lines {
        let length = line.chars().count();
        if length > 500 || line.contains(char::is_control) || !line.contains("attempt") {
            return Err(format!("{line:?} is no line for a log"));
        }
    }
    shown.extend(lines);
    let mut cause = error.source();
    while let Some(error) = cause {
        shown.extend([error.to_string(), format!("{error:?}")]);
        cause = error.source();
    }
    if let Some(salvaged) = error.salvage::<Lead>() {
        shown.push(format!("{salvaged:?}"));
        let anomalies = salvaged.anomalies.iter();
        shown.extend(anomalies.flat_map(|anomaly| [anomaly.to_string(), anomaly.reason.clone()]));
    }
    Ok(())
}

/// The fault has left nothing behind.
fn healthy(call: &Call<Lead>) -> Checked {
    match &call.outcome {
        Ok(lead) => equal("attempts", lead.attempts(), 1),
        Err(error) => Err(format!("it failed: {error:?}")),
    }
}
