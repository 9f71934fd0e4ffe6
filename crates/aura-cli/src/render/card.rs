//! One lead for people: groups of names and values.

mod paper;

use anstyle::Style;

use super::Medium;
use super::fields::Found;
use super::shape::{Member, Shape};
use super::words;
use crate::lead::{Drift, Lead};
use crate::node::Node;
use crate::text::visible;
use paper::{BOLD, DIM, Line, Paper};

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

/// A heading and what stands under it.
struct Group {
    heading: String,
    lines: Vec<Line>,
}

/// The card of a lead, or of the fields that were asked for.
pub fn card(lead: &Lead, fields: Option<&[Found]>, shape: &Shape, medium: Medium) -> String {
    let (data, drift) = (lead.data(), lead.drift());
    if let Some(fields) = fields {
        let lines = fields
            .iter()
            .filter_map(|field| asked_for(field, shape, drift));
        let lines: Vec<Line> = lines.collect();
        let mut paper = Paper::new(medium, &lines);
        paper.lines("", &lines);
        return paper.text();
    }
    let groups = groups(data, shape, drift);
    let custom = Group {
        heading: "Custom fields".into(),
        lines: custom(data, shape, "", drift),
    };
    let all = groups.iter().chain([&custom]);
    let mut paper = Paper::new(medium, all.flat_map(|group| &group.lines));
    // Who it is, and below that the ID, whole, to be copied.
    paper.paragraph("", BOLD, &joined(data, &TITLE, drift));
    paper.paragraph("", DIM, &joined(data, &[ID], drift));
    for one in &groups {
        group(&mut paper, one);
    }
    notes(&mut paper, data, drift);
    group(&mut paper, &custom);
    paper.text()
}

fn group(paper: &mut Paper, group: &Group) {
    if !group.lines.is_empty() {
        paper.heading(&group.heading);
        paper.lines("  ", &group.lines);
    }
}

/// Each with when and by whom, and then its text with its own line breaks.
fn notes(paper: &mut Paper, lead: Node, drift: &Drift) {
    let notes = notes_of(lead).unwrap_or_default();
    if notes.is_empty() {
        return;
    }
    paper.heading("Notes");
    for (at, one) in notes.into_iter().enumerate() {
        if at > 0 {
            paper.blank();
        }
        note(paper, one, &drift.below(&format!("{NOTES}[{at}]")));
    }
}

fn note(paper: &mut Paper, note: Node, drift: &Drift) {
    const BY: [&str; 2] = ["created_at", "user_id"];
    const CONTENT: &str = "content";

    paper.paragraph("  ", DIM, &joined(note, &BY, drift));
    let text = note.member(CONTENT).filter(|_| !drift.includes(CONTENT));
    let text = text.and_then(Node::string);
    for line in text.iter().flat_map(|text| text.lines()) {
        paper.paragraph("  ", Style::new(), &visible(line));
    }
    let is_shown = |key: &str| BY.contains(&key) || key == CONTENT && text.is_some();
    let rest = note.members().unwrap_or_default().into_iter();
    let rest = rest.filter(|(key, _)| !is_shown(key));
    let rest: Vec<Line> = rest
        .filter_map(|(key, node)| {
            let value = words::field("", Some(node), drift.includes(&key))?;
            Some((visible(&key).into_owned(), value))
        })
        .collect();
    paper.lines("  ", &rest);
}

/// The notes, if they are what the contract says: objects.
fn notes_of<'a>(lead: Node<'a>) -> Option<Vec<Node<'a>>> {
    let notes = lead.member(NOTES)?.items()?;
    notes.iter().all(|note| note.is_object()).then_some(notes)
}

/// Values that belong together, on one line.
fn joined(node: Node, keys: &[&str], drift: &Drift) -> String {
    let values = keys
        .iter()
        .filter_map(|key| words::field(key, node.member(key), drift.includes(key)));
    values.collect::<Vec<_>>().join(" · ")
}

fn asked_for(field: &Found, shape: &Shape, drift: &Drift) -> Option<Line> {
    let value = words::field(field.name(shape), field.node, drift.includes(field.path))?;
    Some((visible(field.path).into_owned(), value))
}

/// All that the contract names but title and notes, in the order in which it is shown.
fn groups(lead: Node, shape: &Shape, drift: &Drift) -> Vec<Group> {
    let plain = |keys: &[&str]| {
        let lines = keys.iter().filter_map(|key| {
            let value = words::field(key, lead.member(key), drift.includes(key))?;
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
                lines: nested(lead.member(key), inner, "", &drift.below(key)),
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
    let is_notes = key == NOTES && notes_of(lead).is_some();
    in_group || is_notes || key == ID || TITLE.contains(&key)
}

/// What the contract names of an object, by the names that `--fields` takes too.
fn nested(node: Option<Node>, shape: &Shape, prefix: &str, drift: &Drift) -> Vec<Line> {
    let members = node.and_then(Node::members).unwrap_or_default();
    let mut lines = Vec::new();
    for (key, member) in shape.members() {
        let found = members.iter().rfind(|(known, _)| known == key);
        let node = found.map(|(_, node)| *node);
        let path = format!("{prefix}{key}");
        match member {
            Member::Leaf => {
                let value = words::field(key, node, drift.includes(&path));
                lines.extend(value.map(|value| (path, value)));
            }
            Member::Object(shape) => {
                lines.extend(nested(node, shape, &format!("{path}."), drift));
            }
        }
    }
    lines
}

/// What the contract doesn't name, by the paths that `--fields` takes.
fn custom(node: Node, shape: &Shape, prefix: &str, drift: &Drift) -> Vec<Line> {
    let mut lines = Vec::new();
    for (key, node) in node.members().unwrap_or_default() {
        let path = || format!("{prefix}{}", visible(&key));
        match shape.member(&key) {
            Some(Member::Leaf) => {}
            Some(Member::Object(shape)) if node.is_object() => {
                lines.extend(custom(node, shape, &format!("{}.", path()), drift));
            }
            Some(Member::Object(_)) => {
                let value = words::field("", Some(node), drift.includes(&path()));
                lines.extend(value.map(|value| (path(), value)));
            }
            // `_cents` says nothing sure in a name that is not the contract's.
            None => lines.extend(words::value("", node).map(|value| (path(), value))),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use aura_contract::Contract;

    use super::*;
    use crate::render::Fields;

    fn plain() -> Medium {
        Medium {
            terminal: true,
            width: Some(60),
            ..Medium::default()
        }
    }

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
        shown_of(&Lead::of(json), fields)
    }

    fn shown_of(lead: &Lead, fields: Option<&str>) -> String {
        let shape = Shape::of_lead(&Contract::builtin());
        let mut fields = fields.map(|list| Fields::parse(list).expect("fields"));
        let found = fields.as_mut().map(|fields| fields.of(lead.data()));
        card(lead, found.as_deref(), &shape, plain())
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
    fn money_is_what_the_contract_says_alone() {
        let lead = r#"{"id":"1","total_paid_cents":5,"x":{"y_cents":5}}"#;
        assert_eq!(
            shown(lead, Some("total_paid_cents,x.y_cents")),
            "total_paid_cents  0.05\nx.y_cents         5\n"
        );
    }

    #[test]
    fn a_name_too_long_for_its_line_stands_above_its_value() {
        let name = "answer_to_the_fourth_question_of_the_form_from_the_fair";
        let card = shown(&format!(r#"{{"id":"1","{name}":"yes"}}"#), None);
        assert_eq!(card, format!("1\n\nCustom fields\n  {name}\n    yes\n"));
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

    #[test]
    fn what_does_not_fit_the_contract_is_marked_and_no_money() {
        let lead = r#"{"id":"1","total_paid_cents":12.5,"metadata":{"latitude":"x","city":"Ulm"},
            "notes":[{"content":"a"},{"content":7}],"source":"web"}"#;
        let drifted = [
            "total_paid_cents",
            "created_at",
            "metadata.latitude",
            "notes[1].content",
            "source",
        ];
        let lead = drifted.into_iter().fold(Lead::of(lead), Lead::with_drift);
        let expected = "\
1

Payment
  Total paid  ! 12.5

Status
  Created     ! missing

Metadata
  city        Ulm
  latitude    ! \"x\"

Notes
  a

  content     ! 7

Custom fields
  source      ! \"web\"
";
        assert_eq!(shown_of(&lead, None), expected);
        assert_eq!(
            shown_of(&lead, Some("total_paid_cents,created_at,source")),
            "total_paid_cents  ! 12.5\ncreated_at        ! missing\nsource            ! \"web\"\n"
        );
    }
}
