//! A contract's text is data: whatever it is and wherever it stands, lint rejects it or what is
//! generated shows it as text.

use std::time::Duration;

use bolero::{TypeGenerator, check, produce_with};
use client_codegen::Artifact;
use openapi_document::Diagnostic;
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};

/// A contract with a place for text of each kind, `@0` and so on.
const CONTRACT: &str = r##"{
  "openapi": "3.0.3",
  "info": {"title": "Notes @0", "version": "1.0.0", "description": "All @1"},
  "servers": [{"url": "https://notes.example/@2", "description": "Main @3"}],
  "tags": [{"name": "notes@4", "description": "Tag @5"}],
  "security": [{"key": []}],
  "paths": {"/notes/{id}@6": {"get": {
    "operationId": "get_note@7", "summary": "Reads @8", "description": "Long @9", "tags": ["notes@4"],
    "parameters": [
      {"name": "id", "in": "path", "required": true, "description": "Which @10", "schema": {"type": "string"}},
      {"name": "limit@11", "in": "query", "description": "How many @12", "schema": {"type": "integer"}},
      {"name": "X-Team@13", "in": "header", "schema": {"type": "string"}}
    ],
    "responses": {"200": {"description": "Fine @14", "content": {"application/json": {
      "schema": {"$ref": "#/components/schemas/Note"}}}}}
  }}},
  "components": {
    "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "Key @15"}},
    "schemas": {"Note": {"type": "object", "description": "A note @16", "required": ["text"], "properties": {
      "text": {"type": "string", "description": "What it says @17"},
      "kind@18": {"type": "string"},
      "color": {"type": "string", "description": "Its color", "enum": ["red@19", "@20"]}
    }}}
  }
}"##;

const PLACES: usize = 21;

/// The places whose text becomes documentation, whatever it is.
const DESCRIPTIONS: [usize; 6] = [8, 9, 10, 12, 16, 17];

/// What Markdown and rustdoc take for more than text.
const MARKUP: [&str; 52] = [
    "```",
    "````rust",
    "~~~",
    "~~~ no_run",
    "\n\n    fn f() {}",
    "\n\n\tfn f() {}",
    "- ",
    "-     x",
    "1. ",
    "10)      x",
    "> ",
    ">     x",
    "> ```",
    "- ```",
    "* - 1. ",
    "<div>",
    "</div>",
    "<pre>",
    "<script>",
    "<!-- ",
    "-->",
    "<!-- ```\n\n    x",
    "<?",
    "<![CDATA[",
    "<!X",
    "<b",
    "Vec<T>",
    "[x]",
    "[`x`]",
    "[x](y)",
    "[x](y z)",
    "[x]: y\n",
    "![x](y)",
    "[^1]",
    "[^1]: x\n\n        y",
    "# ",
    "x\n===",
    "x\n---",
    "| a | b |\n|---|---|\n",
    "`",
    "``",
    "\\",
    "*",
    "__",
    "&lt;",
    "https://x.example/a_b",
    "<https://x.example>",
    "{#a}",
    "\0",
    "\u{1b}[2J",
    "\u{202e}",
    "\r",
];

/// A part of a text.
#[derive(Clone, Debug, TypeGenerator)]
enum Part {
    Markup(#[generator(0..MARKUP.len())] usize),
    Line,
    Blank,
    Indent(#[generator(0..9_u8)] u8),
    Any(String),
}

fn text(parts: &[Part]) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Markup(which) => text += MARKUP[*which],
            Part::Line => text.push('\n'),
            Part::Blank => text += "\n\n",
            Part::Indent(width) => text += &" ".repeat((*width).into()),
            Part::Any(any) => text += any,
        }
        text += &format!("\nword{index}x ");
    }
    text
}

fn with(place: usize, text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a text is JSON");
    let quoted: String = quoted
        .trim_matches('"')
        .chars()
        .map(|c| match c {
            // Not taken as they are, also in JSON.
            '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => format!("\\u{:04x}", u32::from(c)),
            c => c.into(),
        })
        .collect();
    let quoted = &quoted;
    (0..PLACES)
        .rev()
        .fold(CONTRACT.to_string(), |contract, at| {
            let filler = if at == 20 { "blue" } else { "" };
            contract.replace(&format!("@{at}"), if at == place { quoted } else { filler })
        })
}

/// What is generated of it; or what is told, if it is rejected.
fn files(place: usize, text: &str) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let outcome = client_codegen::run(&with(place, text));
    let mut codes = outcome.diagnostics.iter().map(|found| found.code);
    let internal = ["codegen::progenitor", "codegen::rewrite", "codegen::format"];
    assert!(
        !codes.any(|code| internal.contains(&code)),
        "{:?}",
        outcome.diagnostics
    );
    outcome.artifacts.ok_or(outcome.diagnostics)
}

/// The documentation comments of a file, each with what it says.
fn comments(code: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in code.lines().map(str::trim_start) {
        match line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        {
            Some(text) => {
                let comment = found.last_mut().expect("one is there");
                comment.push_str(text.strip_prefix(' ').unwrap_or(text));
                comment.push('\n');
            }
            None => found.push(String::new()),
        }
    }
    found.retain(|comment| !comment.is_empty());
    found
}

/// Whether our own documentation links to it.
fn is_own(link: &str) -> bool {
    let method = link
        .trim_start_matches("crate::")
        .strip_prefix("Client::get_note");
    link == "Error" || method.is_some_and(|method| method.ends_with("_with"))
}

fn is_url(link: &str) -> bool {
    let schemes = ["https://", "http://", "mailto:"];
    schemes.iter().any(|scheme| link.starts_with(scheme))
}

/// Checks a comment as rustdoc reads it.
fn assert_is_text(comment: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let item = |link: BrokenLink<'_>| Some((link.reference.to_string().into(), "".into()));
    let parser = Parser::new_with_broken_link_callback(comment, options, Some(item));
    for (label, definition) in parser.reference_definitions().iter() {
        assert!(is_url(&definition.dest), "[{label}]: in:\n{comment}");
    }
    for event in parser {
        match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                let known = [
                    "bash", "console", "http", "json", "sh", "text", "xml", "yaml",
                ];
                assert!(known.contains(&&**language), "{event:?} in:\n{comment}");
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let own = is_own(dest_url.trim_matches('`'));
                assert!(own || is_url(dest_url), "{event:?} in:\n{comment}");
            }
            Event::Start(Tag::CodeBlock(_)) | Event::Html(_) | Event::InlineHtml(_) => {
                panic!("{event:?} in:\n{comment}");
            }
            _ => {}
        }
    }
}

fn assert_is_data(place: usize, text: &str, words: usize) {
    let files = match files(place, text) {
        Ok(files) => files,
        Err(told) => {
            let described = DESCRIPTIONS.contains(&place);
            assert!(!described, "a description is rejected: {told:?}");
            return;
        }
    };
    let mut shown = String::new();
    for Artifact { path, content } in &files {
        let hidden =
            |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(
            !content.contains(hidden),
            "{path}: {:?}",
            content.find(hidden)
        );
        if path.ends_with(".rs") {
            syn::parse_file(content).expect("it is Rust");
            for comment in comments(content) {
                assert_is_text(&comment);
                shown += &comment;
            }
        }
    }
    if DESCRIPTIONS.contains(&place) {
        for word in (0..words).map(|index| format!("word{index}x")) {
            assert!(
                shown.contains(&word),
                "{word} of {text:?} is not in:\n{shown}"
            );
        }
    }
}

#[test]
fn any_text_in_any_place_is_rejected_or_shown_as_text() {
    let texts = (0..PLACES, produce_with::<Vec<Part>>().len(1..=6_usize));
    let check = check!()
        .with_generator(texts)
        .with_test_time(Duration::from_secs(5));
    check.for_each(|(place, parts)| assert_is_data(*place, &text(parts), parts.len()));
}

#[test]
fn each_markup_in_each_description_is_shown_as_text() {
    for place in DESCRIPTIONS {
        for which in 0..MARKUP.len() {
            let parts = [Part::Blank, Part::Markup(which)];
            assert_is_data(place, &text(&parts), parts.len());
        }
    }
}

#[test]
fn a_name_stays_in_its_line() {
    let files = files(18, "`\n\n# Title\n\n```\nfn main() {}").expect("any name is a property's");
    let types = files.iter().find(|file| file.path.ends_with("types.rs"));
    let types = &types.expect("it is one of the files").content;
    assert!(
        types.contains("/// `kind' # Title ''' fn main() {}`,"),
        "{types}"
    );
}
