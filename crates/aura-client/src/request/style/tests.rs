use bolero::check;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::{Value, json};

use super::super::path::encode;
use super::*;

const COMMA: bool = false;
const EXPLODED: bool = true;

/// The object of the specification's table.
#[derive(Serialize)]
#[allow(non_snake_case, reason = "the specification's names")]
struct Colors {
    R: u8,
    G: u8,
    B: u8,
}

const OBJECT: Colors = Colors {
    R: 100,
    G: 200,
    B: 150,
};
const ARRAY: [&str; 3] = ["blue", "black", "brown"];

fn in_path<T: Serialize>(value: T, style: Style) -> Result<String, &'static str> {
    path("color", Argument::in_style(&value, style), style)
}

fn in_header<T: Serialize>(value: T, style: Style) -> Result<Option<String>, &'static str> {
    header(Argument::in_style(&value, style), style)
}

fn in_query<T: Serialize>(value: T, style: Style) -> Result<String, &'static str> {
    encoded_in_query(value, style, encode)
}

fn encoded_in_query<T: Serialize>(
    value: T,
    style: Style,
    encode: Encode,
) -> Result<String, &'static str> {
    let mut text = String::new();
    let mut pairs = Pairs {
        text: &mut text,
        encode,
    };
    pairs.add("color", Argument::in_style(&value, style), style)?;
    Ok(text)
}

#[test]
fn paths_follow_the_table_of_the_specification() {
    let (simple, label) = (
        |explode| Style::Simple { explode },
        |explode| Style::Label { explode },
    );
    let matrix = |explode| Style::Matrix { explode };
    for (style, string, array, object) in [
        (
            simple(COMMA),
            "blue",
            "blue,black,brown",
            "R,100,G,200,B,150",
        ),
        (
            simple(EXPLODED),
            "blue",
            "blue,black,brown",
            "R=100,G=200,B=150",
        ),
        // 3.0.3 prints dots for both; RFC 6570, to which it refers, and 3.0.4 have commas.
        (
            label(COMMA),
            ".blue",
            ".blue,black,brown",
            ".R,100,G,200,B,150",
        ),
        (
            label(EXPLODED),
            ".blue",
            ".blue.black.brown",
            ".R=100.G=200.B=150",
        ),
        (
            matrix(COMMA),
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ),
        (
            matrix(EXPLODED),
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
    ] {
        assert_eq!(in_path("blue", style).as_deref(), Ok(string), "{style:?}");
        assert_eq!(in_path(ARRAY, style).as_deref(), Ok(array), "{style:?}");
        assert_eq!(in_path(OBJECT, style).as_deref(), Ok(object), "{style:?}");
        for empty in [json!(""), json!([]), json!({}), json!([""]), json!(null)] {
            assert!(in_path(&empty, style).is_err(), "{style:?} {empty}");
        }
    }
}

#[test]
fn queries_follow_the_table_of_the_specification() {
    let form = |explode| Style::Form { explode };
    for (style, array, object) in [
        (
            form(COMMA),
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ),
        (
            form(EXPLODED),
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ),
        (
            Style::SpaceDelimited,
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            Style::PipeDelimited,
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            Style::DeepObject,
            "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ] {
        assert_eq!(
            in_query("blue", style).as_deref(),
            Ok("color=blue"),
            "{style:?}"
        );
        assert_eq!(in_query("", style).as_deref(), Ok("color="), "{style:?}");
        assert_eq!(in_query(ARRAY, style).as_deref(), Ok(array), "{style:?}");
        assert_eq!(in_query(OBJECT, style).as_deref(), Ok(object), "{style:?}");
        for nothing in [json!(null), json!([]), json!({})] {
            assert_eq!(
                in_query(&nothing, style).as_deref(),
                Ok(""),
                "{style:?} {nothing}"
            );
        }
    }
}

#[test]
fn headers_follow_the_table_of_the_specification() {
    for (explode, object) in [
        (COMMA, "R,100,G,200,B,150"),
        (EXPLODED, "R=100,G=200,B=150"),
    ] {
        let style = Style::Simple { explode };
        let text = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(in_header("a, b", style), text("a, b"));
        assert_eq!(in_header("", style), text(""));
        assert_eq!(in_header(ARRAY, style), text("blue,black,brown"));
        assert_eq!(in_header(OBJECT, style), text(object));
        assert_eq!(in_header(json!([]), style), Ok(None));
        assert_eq!(in_header(json!(null), style), Ok(None));
        assert!(in_header(["a,b"], style).is_err());
        assert!(in_header([" a"], style).is_err());
    }
}

#[test]
fn no_part_of_a_path_leads_elsewhere() {
    for explode in [COMMA, EXPLODED] {
        for style in [
            Style::Simple { explode },
            Style::Label { explode },
            Style::Matrix { explode },
        ] {
            for value in [
                json!("../x"),
                json!(["a", ".."]),
                json!(["a", ""]),
                json!(["a/b"]),
                json!({"a": "..\\x"}),
                json!({"a/b": 1}),
                json!({"a": null}),
            ] {
                assert!(in_path(&value, style).is_err(), "{style:?} {value}");
            }
        }
    }
}

#[test]
fn what_a_style_puts_between_values_is_told_apart_from_them() {
    let list = ["1.5;a,b", "2 3|4&5"];
    let label = Style::Label { explode: true };
    assert_eq!(
        in_path(list, label).as_deref(),
        Ok(".1%2E5%3Ba%2Cb.2%203%7C4%265")
    );
    let form = Style::Form { explode: false };
    assert_eq!(
        in_query(list, form).as_deref(),
        Ok("color=1.5%3Ba%2Cb,2%203%7C4%265")
    );
    assert!(in_query(list, Style::SpaceDelimited).is_err());
    assert!(in_query(list, Style::PipeDelimited).is_err());
    assert!(in_query(json!({"a][b": 1}), Style::DeepObject).is_err());
    assert!(in_query(json!({"": 1}), Style::DeepObject).is_err());
}

#[test]
fn reserved_characters_stay_if_they_cannot_end_a_value() {
    let reserved = |value, style| encoded_in_query(value, style, allow_reserved);
    let form = |explode| Style::Form { explode };
    assert_eq!(
        reserved(json!(":/?#[]@!$&'()*+,;=%|"), form(true)).as_deref(),
        Ok("color=:/?%23%5B%5D@!$%26%27()*%2B,;=%25%7C")
    );
    assert_eq!(
        reserved(json!(["a/b", "c,d"]), form(false)).as_deref(),
        Ok("color=a/b,c%2Cd")
    );
}

#[test]
fn nested_values_are_bracketed_or_json() {
    let value = json!({"a": {"b": [1, 2], "c": [{"d": 3}, 4], "e": null}});
    assert_eq!(
        in_query(&value, Style::DeepObject).as_deref(),
        Ok(concat!(
            "color%5Ba%5D%5Bb%5D%5B%5D=1&color%5Ba%5D%5Bb%5D%5B%5D=2",
            "&color%5Ba%5D%5Bc%5D%5B0%5D%5Bd%5D=3&color%5Ba%5D%5Bc%5D%5B1%5D=4",
            "&color%5Ba%5D%5Be%5D=",
        ))
    );
    let form = |explode| Style::Form { explode };
    let object = "%7B%22b%22%3A1%7D";
    assert_eq!(
        in_query(json!({"a": {"b": 1}}), form(true)),
        Ok(format!("a={object}"))
    );
    assert_eq!(
        in_query(json!({"a": {"b": 1}}), form(false)),
        Ok(format!("color=a,{object}"))
    );
    assert_eq!(
        in_query(json!([{"b": 1}]), form(true)),
        Ok(format!("color={object}"))
    );
    assert_eq!(
        in_query(json!({"a": [1, 2]}), form(true)).as_deref(),
        Ok("a=1&a=2")
    );
    assert_eq!(
        in_query(json!({"b": 1}), Style::Json),
        Ok(format!("color={object}"))
    );
    assert_eq!(in_query("a", Style::Json).as_deref(), Ok("color=%22a%22"));
}

#[test]
fn a_form_repeats_lists_and_writes_objects_as_json_unless_told_otherwise() {
    let value = json!({
        "a b": "c+d e", "list": [1, {"x": 2}], "nested": {"y": [3]}, "cleared": null,
        "deep": {"z": 4}, "spread": {"p": 5}, "joined": ["6", "7,8"], "text": "9", "gone": null,
    });
    let styles = [
        ("deep", Style::DeepObject),
        ("spread", Style::Form { explode: true }),
        ("joined", Style::Form { explode: false }),
        ("text", Style::Json),
        ("gone", Style::DeepObject),
    ];
    let text = form(Argument::of(&value), &styles).expect("an object");
    let mut found: Vec<&str> = text.split('&').collect();
    let mut expected = [
        "a%20b=c%2Bd%20e",
        "list=1",
        "list=%7B%22x%22%3A2%7D",
        "nested=%7B%22y%22%3A%5B3%5D%7D",
        "cleared=",
        "deep%5Bz%5D=4",
        "p=5",
        "joined=6,7%2C8",
        "text=%229%22",
        "gone=",
    ];
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert!(form(Argument::of(&[1]), &[]).is_err());
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The parts of a text as a service reads them: split first, decoded then.
fn parts(text: &str, separator: &str) -> Vec<String> {
    text.split(separator).map(decoded).collect()
}

#[test]
fn a_list_that_is_sent_can_be_read_back() {
    check!().with_type::<Vec<String>>().for_each(|list| {
        for explode in [COMMA, EXPLODED] {
            let read: [(Style, fn(&str, bool) -> Vec<String>); 3] = [
                (Style::Simple { explode }, |text, _| parts(text, ",")),
                (Style::Label { explode }, |text, explode| {
                    parts(&text[1..], if explode { "." } else { "," })
                }),
                (Style::Matrix { explode }, |text, explode| match explode {
                    true => parts(&text[";color=".len()..], ";color="),
                    false => parts(&text[";color=".len()..], ","),
                }),
            ];
            for (style, read) in read {
                if let Ok(text) = in_path(list, style) {
                    assert!(!text.contains('/') && text != "." && text != "..", "{text}");
                    assert_eq!(&read(&text, explode), list);
                }
            }
        }
        let of_query = |style| in_query(list, style).map(|text| text.replace("color=", ""));
        let lists = [
            (of_query(Style::Form { explode: true }), "&"),
            (of_query(Style::Form { explode: false }), ","),
        ];
        for (text, separator) in lists {
            let text = text.expect("any list can be sent");
            assert!(
                list.is_empty() || &parts(&text, separator) == list,
                "{text}"
            );
        }
        for (style, separator) in [(Style::SpaceDelimited, " "), (Style::PipeDelimited, "|")] {
            if let Ok(text) = of_query(style) {
                let read = decoded(&text);
                assert!(list.is_empty() || read.split(separator).eq(list), "{text}");
            }
        }
    });
}

#[test]
fn nothing_adds_a_parameter_to_the_query() {
    check!()
        .with_type::<(String, String)>()
        .for_each(|(name, value)| {
            let value: Value = json!({ name: value });
            for style in [
                Style::Form { explode: true },
                Style::Form { explode: false },
                Style::SpaceDelimited,
                Style::PipeDelimited,
                Style::DeepObject,
                Style::Json,
            ] {
                for encode in [encode as Encode, allow_reserved] {
                    let text = encoded_in_query(&value, style, encode).unwrap_or_default();
                    let url = url::Url::parse(&format!("https://h/?{text}")).expect("a URL");
                    assert_eq!(url.query(), Some(text.as_str()), "as it stands");
                    assert!(!text.contains(['&', '#', '+']), "{text}");
                }
            }
        });
}
