//! One lead for people: groups of names and values.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::fields::Found;
use super::shape::Member;
use super::{Medium, Node, Shape, words};
use crate::text::visible;

/// Where the contract's plain fields stand. One that is in none of them stands under "Other".
const GROUPS: [(&str, &[&str]); 3] = [
    ("Contact", &["email", "phone", "timezone"]),
    (
        "Payment",
        &[
            "payment_status",
            "payment_count",
            "total_paid_cents",
            "last_payment_at",
        ],
    ),
    ("Status", &["status", "created_at", "updated_at"]),
];
/// What the card's first lines show.
const TITLE: [&str; 2] = ["full_name", "company"];
const ID: &str = "id";
const NOTES: &str = "notes";

/// How wide a card is where no terminal tells.
const WIDTH: usize = 80;
/// Narrower than this, text is wrapped no further.
const NARROWEST: usize = 40;
/// Longer names push their value to the right instead of all values.
const LONGEST_NAME: usize = 24;

const BOLD: Style = Style::new().bold();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// A heading and what stands under it.
struct Group {
    heading: String,
    lines: Vec<(String, String)>,
}

/// The card of a lead, or of the fields that were asked for.
pub fn card(lead: Node, fields: Option<&[Option<Found>]>, shape: &Shape, medium: Medium) -> String {
    let mut paper = Paper::new(medium);
    if let Some(fields) = fields {
        let lines: Vec<_> = fields.iter().flatten().filter_map(asked_for).collect();
        paper.names = longest_name(&lines);
        paper.lines(&lines, "");
        return paper.text;
    }
    let groups = groups(lead, shape);
    let custom = Group {
        heading: "Custom fields".into(),
        lines: custom(lead, shape, ""),
    };
    paper.names = longest_name(
        groups
            .iter()
            .chain([&custom])
            .flat_map(|group| &group.lines),
    );
    paper.title(lead);
    for group in &groups {
        paper.group(group);
    }
    paper.notes(lead);
    paper.group(&custom);
    paper.text
}

fn asked_for(found: &Found) -> Option<(String, String)> {
    let key = found.keys.last()?;
    let path = found.keys.join(".");
    Some((visible(&path).into_owned(), words::value(key, found.node)?))
}

/// All that the contract names but title and notes, in the order in which it is shown.
fn groups(lead: Node, shape: &Shape) -> Vec<Group> {
    let plain = |keys: &[&str]| {
        let lines = keys.iter().filter_map(|key| {
            let value = words::value(key, lead.member(key)?)?;
            Some((words::name(key), value))
        });
        lines.collect()
    };
    let mut groups: Vec<Group> = Vec::new();
    for (heading, keys) in GROUPS {
        let lines = plain(keys);
        groups.push(Group {
            heading: heading.into(),
            lines,
        });
    }
    let mut other = Vec::new();
    for (key, member) in shape.members() {
        match member {
            Member::Object(inner) => groups.push(Group {
                heading: words::name(key),
                lines: nested(lead.member(key), inner, ""),
            }),
            Member::Leaf if is_placed(key, lead) => {}
            Member::Leaf => other.push(key),
        }
    }
    groups.push(Group {
        heading: "Other".into(),
        lines: plain(&other),
    });
    groups
}

fn is_placed(key: &str, lead: Node) -> bool {
    let in_group = GROUPS.iter().any(|(_, keys)| keys.contains(&key));
    let is_notes = key == NOTES && notes(lead).is_some();
    in_group || is_notes || key == ID || TITLE.contains(&key)
}

/// What the contract names of an object, by the names that `--fields` takes too.
fn nested(node: Option<Node>, shape: &Shape, prefix: &str) -> Vec<(String, String)> {
    let members = node.and_then(Node::members).unwrap_or_default();
    let mut lines = Vec::new();
    for (key, member) in shape.members() {
        let Some((_, node)) = members.iter().rfind(|(known, _)| known == key) else {
            continue;
        };
        let path = format!("{prefix}{key}");
        match member {
            Member::Leaf => lines.extend(words::value(key, *node).map(|value| (path, value))),
            Member::Object(shape) => lines.extend(nested(Some(*node), shape, &format!("{path}."))),
        }
    }
    lines
}

/// What the contract doesn't name, by the paths that `--fields` takes.
fn custom(node: Node, shape: &Shape, prefix: &str) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for (key, node) in node.members().unwrap_or_default() {
        let path = || format!("{prefix}{}", visible(&key));
        match shape.member(&key) {
            Some(Member::Leaf) => {}
            Some(Member::Object(shape)) if node.is_object() => {
                lines.extend(custom(node, shape, &format!("{}.", path())));
            }
            // `_cents` says nothing sure in a name that is not the contract's.
            Some(Member::Object(_)) | None => {
                lines.extend(words::value("", node).map(|value| (path(), value)));
            }
        }
    }
    lines
}

/// The notes, if they are what the contract says: objects.
fn notes<'a>(lead: Node<'a>) -> Option<Vec<Node<'a>>> {
    let notes = lead.member(NOTES)?.items()?;
    notes.iter().all(|note| note.is_object()).then_some(notes)
}

fn longest_name<'a>(lines: impl IntoIterator<Item = &'a (String, String)>) -> usize {
    let widths = lines
        .into_iter()
        .map(|(name, _)| textwrap::core::display_width(name));
    widths
        .filter(|width| *width <= LONGEST_NAME)
        .max()
        .unwrap_or(0)
}

/// The text so far, and how it is laid out.
struct Paper {
    text: String,
    width: usize,
    styled: bool,
    /// The width of the names' column.
    names: usize,
}

impl Paper {
    fn new(medium: Medium) -> Self {
        Self {
            text: String::new(),
            width: medium.width.unwrap_or(WIDTH).max(NARROWEST),
            styled: medium.styled,
            names: 0,
        }
    }

    /// Who it is, and below that the id, whole, to be copied.
    fn title(&mut self, lead: Node) {
        let parts = TITLE
            .iter()
            .filter_map(|key| words::value(key, lead.member(key)?));
        let title = parts.collect::<Vec<_>>().join(" · ");
        for line in wrapped(&title, self.width) {
            self.line("", BOLD, &line);
        }
        let id = lead.member(ID).and_then(|id| words::value(ID, id));
        self.line("", DIM, &id.unwrap_or_default());
    }

    fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        self.line("", HEADING, heading);
    }

    fn group(&mut self, group: &Group) {
        if group.lines.is_empty() {
            return;
        }
        self.heading(&group.heading);
        self.lines(&group.lines, "  ");
    }

    /// Names and values; a long value goes on below its beginning.
    fn lines(&mut self, lines: &[(String, String)], indent: &str) {
        for (name, value) in lines {
            let width = textwrap::core::display_width(name);
            let column = indent.len() + self.names.max(width) + 2;
            let gap = " ".repeat(column - indent.len() - width);
            // A name as long as the line leaves no room beside it.
            let room = self.width.saturating_sub(column).max(NARROWEST / 2);
            for (at, part) in wrapped(value, room).into_iter().enumerate() {
                match at {
                    0 => {
                        let name = self.styled_as(DIM, name);
                        self.put(&format!("{indent}{name}{gap}{part}"));
                    }
                    _ => self.put(&format!("{}{part}", " ".repeat(column))),
                }
            }
        }
    }

    /// Each with when and by whom, and then its text with its own line breaks.
    fn notes(&mut self, lead: Node) {
        let notes = notes(lead).unwrap_or_default();
        if notes.is_empty() {
            return;
        }
        self.heading("Notes");
        for (at, note) in notes.into_iter().enumerate() {
            if at > 0 {
                self.text.push('\n');
            }
            self.note(note);
        }
    }

    fn note(&mut self, note: Node) {
        const BY: [&str; 2] = ["created_at", "user_id"];
        const CONTENT: &str = "content";

        let by = BY
            .iter()
            .filter_map(|key| words::value(key, note.member(key)?));
        let by = by.collect::<Vec<_>>().join(" · ");
        if !by.is_empty() {
            self.line("  ", DIM, &by);
        }
        let content = note.member(CONTENT);
        let text = content.and_then(Node::string);
        for line in text.iter().flat_map(|text| text.lines()) {
            for part in wrapped(&visible(line), self.width - 2) {
                self.put(&format!("  {part}"));
            }
        }
        let rest = note
            .members()
            .unwrap_or_default()
            .into_iter()
            .filter(|(key, _)| {
                let shown = key == CONTENT && text.is_some();
                !shown && !BY.contains(&key.as_ref())
            });
        let rest: Vec<_> = rest
            .filter_map(|(key, node)| Some((visible(&key).into_owned(), words::value("", node)?)))
            .collect();
        self.lines(&rest, "  ");
    }

    fn line(&mut self, indent: &str, style: Style, text: &str) {
        let text = self.styled_as(style, text);
        self.put(&format!("{indent}{text}"));
    }

    fn styled_as(&self, style: Style, text: &str) -> String {
        match self.styled {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }

    fn put(&mut self, line: &str) {
        // A String takes all that is written.
        writeln!(self.text, "{}", line.trim_end()).ok();
    }
}

/// The text in lines of at most this width; an empty text has none.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let lines = textwrap::wrap(text, width).into_iter();
    lines
        .map(|line| line.into_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use aura_contract::Contract;

    use super::*;
    use crate::render::Fields;

    const PLAIN: Medium = Medium {
        terminal: true,
        styled: false,
        width: Some(60),
    };

    const LEAD: &str = r#"{
        "id": "550e8400-e29b-41d4-a716-446655440000",
        "full_name": "Zoë Müller", "company": "Acme",
        "email": "zoe@example.com", "phone": null, "timezone": "",
        "status": "qualified", "created_at": "2026-01-17T08:00:00Z",
        "payment_count": 3, "total_paid_cents": 123456,
        "source": {"utm_source": "google", "ad": {"set": 7}},
        "metadata": {"utmCampaign": "spring 2026, all of the people who came from the fair in May", "plan": null, "city": "Ulm"},
        "notes": [
            {"content": "Called.\nWants an offer for twelve seats before the end of the month, by mail.", "created_at": "2026-05-08T14:23:11.000Z", "user_id": "user_1", "mood": "good"},
            {"content": "\u001b[2Jx", "created_at": null}
        ],
        "score": 12345678901234567890123,
        "disqualification_data": {}
    }"#;

    fn shown(json: &str, fields: Option<&str>) -> String {
        let shape = Shape::of_lead(&Contract::builtin());
        let lead = Node::of(json);
        let mut fields = fields.map(|list| Fields::parse(list).expect("fields"));
        let found = fields.as_mut().map(|fields| fields.of(lead));
        card(lead, found.as_deref(), &shape, PLAIN)
    }

    #[test]
    fn a_card_has_groups_and_leaves_out_what_is_empty() {
        let expected = "\
Zoë Müller · Acme
550e8400-e29b-41d4-a716-446655440000

Contact
  Email          zoe@example.com

Payment
  Payment count  3
  Total paid     1,234.56

Status
  Status         qualified
  Created        17 Jan 2026, 08:00 UTC

Source
  utm_source     google

Metadata
  city           Ulm
  utmCampaign    spring 2026, all of the people who came
                 from the fair in May

Notes
  8 May 2026, 14:23 UTC · user_1
  Called.
  Wants an offer for twelve seats before the end of the
  month, by mail.
  mood           good

  \\u{1b}[2Jx

Custom fields
  source.ad      {\"set\":7}
  score          12345678901234567890123
";
        assert_eq!(shown(LEAD, None), expected);
    }

    #[test]
    fn a_card_of_some_fields_has_no_groups() {
        assert_eq!(
            shown(LEAD, Some("total_paid_cents,metadata.city,phone,nothing")),
            "total_paid_cents  1,234.56\nmetadata.city     Ulm\n"
        );
    }

    #[test]
    fn a_field_of_another_type_than_expected_is_shown_all_the_same() {
        let card = shown(
            r#"{"id":1,"notes":["a"],"metadata":"text","full_name":{"a":1}}"#,
            None,
        );
        for line in ["{\"a\":1}\n1\n", "Notes  [\"a\"]", "metadata  text"] {
            let line = line.replace("  ", " ");
            let card = card
                .split(' ')
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            assert!(card.contains(&line), "{line}: {card}");
        }
    }
}
