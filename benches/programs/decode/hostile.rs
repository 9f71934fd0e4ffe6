//! Bodies that are meant to hurt whoever reads them: `hostile shapes` lists them, `hostile write SHAPE
//! BYTES FILE` makes one, `hostile decode FILE` and `hostile salvage FILE` read it and print what comes
//! of it, milliseconds of processor time, and the peak memory of the process in KB.

use std::{env, fs, process};

use aura_client::types::Lead;

/// A body of at most so many bytes.
type Shape = fn(usize) -> String;

const SHAPES: [(&str, Shape); 17] = [
    ("`notes` of `0`", |bytes| {
        list(r#""notes":["#, "0", "]", bytes)
    }),
    ("`notes` of `{}`", |bytes| {
        list(r#""notes":["#, "{}", "]", bytes)
    }),
    ("`notes` of `{\"\": 0}`", |bytes| {
        list(r#""notes":["#, r#"{"":0}"#, "]", bytes)
    }),
    ("`notes` of `{\"content\": 0}`", |bytes| {
        list(r#""notes":["#, r#"{"content":0}"#, "]", bytes)
    }),
    ("`notes`, none with a valid date", |bytes| {
        let note = r#"{"created_at":"2026-01-17T08:00:00"}"#;
        list(r#""notes":["#, note, "]", bytes)
    }),
    ("`notes` of `{\"\": \"\", \"a\": 0}`", |bytes| {
        list(r#""notes":["#, r#"{"":"","a":0}"#, "]", bytes)
    }),
    ("`notes`, only the last one invalid", |bytes| {
        let note = r#"{"content":"a"}"#;
        list(r#""notes":["#, note, r#",{"content":0}]"#, bytes)
    }),
    ("a custom field of `[{\"\": 0}, …]`", |bytes| {
        list(r#""custom":["#, r#"{"":0}"#, "]", bytes)
    }),
    (
        "the same in `triggering_field.value`, `key` invalid",
        |bytes| {
            let field = r#""disqualification_data":{"triggering_field":{"key":0,"value":["#;
            list(field, r#"{"":0}"#, "]}}", bytes)
        },
    ),
    ("many unknown members in `metadata`", |bytes| {
        list(r#""metadata":{"#, r#""%":0"#, "}", bytes)
    }),
    ("one unknown name again and again", |bytes| {
        list("", r#""":0"#, "", bytes)
    }),
    ("one known name again and again", |bytes| {
        list("", r#""id":0"#, "", bytes)
    }),
    ("`[[[…]]]` in `metadata`", |bytes| {
        nested(r#""metadata":{"custom":"#, "}", bytes)
    }),
    ("`[[[…]]]` for a string", |bytes| {
        nested(r#""email":"#, "", bytes)
    }),
    (
        "a long name with a list of `1e999`, `email` invalid",
        |bytes| {
            let name = "n".repeat(bytes / 2);
            let field = format!(r#""email":0,"metadata":{{"{name}":["#);
            list(&field, "1e999", "]}", bytes)
        },
    ),
    ("a string of escapes, `email` invalid", |bytes| {
        let room = bytes - lead(r#""email":0,"full_name":"""#).len();
        let escapes = r"\n".repeat(room / 2);
        lead(&format!(r#""email":0,"full_name":"{escapes}""#))
    }),
    ("many leads where one belongs", |bytes| {
        let (one, around) = (lead(""), r#"{"data":[],"success":true}"#);
        let count = (bytes - around.len()) / (one.len() + 1);
        let leads = vec![one; count].join(",");
        format!(r#"{{"data":[{leads}],"success":true}}"#)
    }),
];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["shapes"] => {
            for (name, _) in SHAPES {
                println!("{name}");
            }
        }
        ["write", shape, bytes, file] => {
            let (_, body) = SHAPES
                .iter()
                .find(|(name, _)| *name == shape)
                .expect("a shape");
            let bytes = bytes.parse().expect("a number");
            let body = body(bytes);
            assert!(body.len() <= bytes && body.len() > bytes * 9 / 10);
            fs::write(file, body).expect("a file that can be written");
        }
        [how @ ("decode" | "salvage"), file] => {
            let body = fs::read(file).expect("a file that can be read");
            let start = processor_time();
            let outcome = match how {
                "decode" => match own::decode::<Lead>(&body) {
                    Ok(_) => "fits".to_owned(),
                    Err(kind) => format!("{kind:?}"),
                },
                _ => match own::salvage::<Lead>(&body) {
                    Some(salvaged) => match salvaged.anomalies.len() + salvaged.omitted {
                        0 => "all".to_owned(),
                        left_out => format!("all but {left_out}"),
                    },
                    None => "nothing".to_owned(),
                },
            };
            let milliseconds = processor_time() - start;
            println!("{outcome}\t{milliseconds:.1}\t{}", peak());
        }
        _ => {
            eprintln!("hostile shapes | write SHAPE BYTES FILE | decode FILE | salvage FILE");
            process::exit(2);
        }
    }
}

/// A lead with these members besides those that it must have.
fn lead(members: &str) -> String {
    let comma = if members.is_empty() { "" } else { "," };
    format!(
        r#"{{"data":{{"id":"550e8400-e29b-41d4-a716-446655440000","status":"new","created_at":"2026-01-17T08:00:00Z","updated_at":"2026-01-17T09:30:00Z"{comma}{members}}},"success":true}}"#
    )
}

/// A lead with one thing between `before` and `after` as often as there is room. `%` in it stands for
/// its number.
fn list(before: &str, thing: &str, after: &str, bytes: usize) -> String {
    let room = bytes - lead("-").len() - before.len() - after.len();
    let numbered = |number: usize| thing.replace('%', &format!("{number:06}"));
    let count = room / (numbered(0).len() + 1);
    let things: Vec<String> = (0..count).map(numbered).collect();
    lead(&format!("{before}{}{after}", things.join(",")))
}

/// A lead with an array in an array as often as there is room.
fn nested(before: &str, after: &str, bytes: usize) -> String {
    let room = bytes - lead("-").len() - before.len() - after.len();
    let (open, close) = ("[".repeat(room / 2), "]".repeat(room / 2));
    lead(&format!("{before}{open}{close}{after}"))
}

/// The milliseconds that this process has spent on a processor, as Linux counts them.
fn processor_time() -> f64 {
    let times = fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let nanoseconds = times.split(' ').next().and_then(|time| time.parse().ok());
    let nanoseconds: f64 = nanoseconds.expect("a number");
    nanoseconds / 1e6
}

/// The peak memory of this process in KB, as Linux counts it.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.expect("a peak");
    peak.trim().trim_end_matches(" kB").to_owned()
}
