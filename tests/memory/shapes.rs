//! Hostile bodies, filled up to a size.

use super::{check, service};

const HEAD: &str = r#"{"success":true,"data":{"id":"550e8400-e29b-41d4-a716-446655440000","status":"new","created_at":"2026-01-17T08:00:00Z","updated_at":"2026-01-17T09:30:00Z""#;

/// What a body consists of: a head, a part again and again, and a tail.
struct Shape {
    head: &'static str,
    part: &'static str,
    /// Between two parts.
    separator: &'static str,
    /// What closes each part, in a value that is nested.
    closing: &'static str,
    tail: &'static str,
}

/// Elements of a list, members of an object, or levels of nesting.
const fn list(head: &'static str, part: &'static str, tail: &'static str) -> Shape {
    Shape {
        head,
        part,
        separator: ",",
        closing: "",
        tail,
    }
}

const fn nested(head: &'static str, part: &'static str, closing: &'static str) -> Shape {
    Shape {
        head,
        part,
        separator: "",
        closing,
        tail: "}}",
    }
}

/// A long string or number.
const fn long(head: &'static str, part: &'static str, tail: &'static str) -> Shape {
    Shape {
        head,
        part,
        separator: "",
        closing: "",
        tail,
    }
}

const SHAPES: &[Shape] = &[
    list(r#","notes":["#, "0", "]}}"),
    list(r#","notes":["#, "{}", "]}}"),
    list(r#","notes":["#, "[]", "]}}"),
    list(r#","notes":["#, r#"{"":0}"#, "]}}"),
    list(r#","notes":["#, r#"{"content":0}"#, "]}}"),
    list(r#","notes":["#, r#"{"content":""}"#, "]}}"),
    list(r#","notes":[0,"#, r#"{"user_id":"\u0061"}"#, "]}}"),
    list(
        r#","disqualification_data":{"triggering_field":{"value":["#,
        "0",
        "]}}}}",
    ),
    // Unknown members, alone and beside one that doesn't fit.
    list(",", r#""":0"#, "}}"),
    list(",", r#""\n":[]"#, "}}"),
    list(r#","email":0,"#, r#""":0"#, "}}"),
    list(r#","email":0,"#, r#""\ud800":{}"#, "}}"),
    // One name of the contract again and again.
    list(",", r#""id":0"#, "}}"),
    list(",", r#""status":"new""#, "}}"),
    list(",", r#""email":0"#, "}}"),
    list(r#","metadata":{"#, r#""ref":0"#, "}}}"),
    list(r#","metadata":{"#, r#""re\u0066":"""#, "}}}"),
    list("},", r#""data":{}"#, "}"),
    list("},", r#""success":true"#, "}"),
    list("},", r#""code":"a""#, "}"),
    nested(r#","x":"#, "[", "]"),
    nested(r#","email":0,"x":"#, "[", "]"),
    nested(r#","email":0,"x":{"":0},"y":"#, r#"[{"":"#, "}]"),
    nested(r#","notes":"#, "[", "]"),
    nested(r#","metadata":"#, "[", ""),
    long(r#","email":""#, "a", r#""}}"#),
    long(r#","phone":0,"email":""#, r"\n", r#""}}"#),
    long(r#","email":0,""#, r"\n", r#"":0}}"#),
    long(r#","email":0,""#, r"\ud800", r#"":0}}"#),
    long(r#","total_paid_cents":1"#, "1", ".0}}"),
    long(r#","total_paid_cents":1."#, "0", "}}"),
    long(r#","metadata":{"latitude":1."#, "3", "}}}"),
    long(r#","email":0,"x":1"#, "3", "e999}}"),
];

impl Shape {
    /// A body of not more than this many bytes.
    fn filled(&self, size: usize) -> Vec<u8> {
        let part = self.part.len() + self.separator.len() + self.closing.len();
        let rest = HEAD.len() + self.head.len() + self.tail.len();
        let parts = (size - rest) / part;
        let last = self.separator.len();
        let mut text = format!("{HEAD}{}", self.head);
        text += &format!("{}{}", self.part, self.separator).repeat(parts);
        text.truncate(text.len() - last);
        text += &self.closing.repeat(parts);
        text += self.tail;
        text.into_bytes()
    }

    fn title(&self, size: usize) -> String {
        format!("{}{}{} in {size} bytes", self.head, self.part, self.closing)
    }
}

/// Small bodies, and such that what is allowed besides the body counts most.
#[test]
fn hostile_bodies_take_memory_in_proportion() {
    let service = service::start();
    for shape in SHAPES {
        for size in [64 << 10, 320 << 10] {
            check(&service, &shape.title(size), shape.filled(size));
        }
    }
}

/// As much as a client takes unless it is told otherwise.
#[test]
fn the_largest_hostile_bodies_take_memory_in_proportion() {
    let service = service::start();
    for which in [0, 1, 10, 12, 20, 27] {
        let shape = &SHAPES[which];
        check(&service, &shape.title(8 << 20), shape.filled(8 << 20));
    }
}

#[test]
fn bytes_that_are_no_text_take_memory_in_proportion() {
    let service = service::start();
    for size in [64 << 10, 8 << 20] {
        check(&service, "no UTF-8", vec![0xff; size]);
        check(&service, "no JSON", vec![b'['; size]);
        let body = SHAPES[10].filled(size);
        check(&service, "cut off", body[..body.len() - 1].to_vec());
        check(
            &service,
            "Latin-1",
            [&body[..size / 2], b"\xe9", &body[size / 2..body.len() - 1]].concat(),
        );
    }
}
