//! Warnings that are accepted where they stand, with a reason: `# lint: allow(CODE) reason` in YAML,
//! `x-lint-allow: {CODE: reason}` anywhere.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use serde_json::Value;

use crate::suggest::nearest;
use openapi_document::extensions::LINT_ALLOW;
use openapi_document::objects::items;
use openapi_document::tree::{Node, NodeKind};
use openapi_document::{
    Contract, Diagnostic, Example, Pointer, Rule,
    Severity::{Error, Warning},
    any_error,
};

/// A suppression that says too little, or what can't be.
pub static ALLOW: Rule = Rule {
    code: "lint::allow",
    severity: Warning,
    summary: "a warning is accepted without a reason, or what is accepted is no warning",
    docs: "`# lint: allow(policy::cents) the service counts in euros` above a value or at the end of \
           its line accepts that warning for the value and all in it; several codes are separated \
           by commas. `x-lint-allow: {'policy::cents': the service counts in euros}` does the same \
           for the object that it stands in, in JSON too. The reason is for those who read the \
           contract later. An error can't be accepted.",
    example: Some(Example {
        instead_of: "        text:\n          type: string\n          description: What it says.\n",
        wrong: "        «# lint: allow(policy::description)»\n        text:\n          type: string\n",
        right: "        # lint: allow(policy::description) the service does not say what it is\n        text:\n          type: string\n",
    }),
};

/// A suppression of nothing.
pub static UNUSED_ALLOW: Rule = Rule {
    code: "lint::unused-allow",
    severity: Warning,
    summary: "a warning is accepted where there is none",
    docs: "What was accepted has been corrected, or the comment stands at another value. Left \
           there, it would hide the next mistake of its kind.",
    example: Some(Example {
        instead_of: "        text:\n          type: string\n          description: What it says.\n",
        wrong: "        «# lint: allow(policy::description) nobody knows»\n        text:\n          type: string\n          description: What it says.\n",
        right: "        text:\n          type: string\n          description: What it says.\n",
    }),
};

/// What a comment for lint begins with.
const WORD: &str = "lint:";

/// One code that is accepted somewhere.
struct Allow {
    code: String,
    /// Where it is written.
    at: Range<usize>,
    /// The bytes of the value that it is about, with its key.
    scope: Range<usize>,
    has_reason: bool,
    is_used: bool,
}

/// Takes out the warnings that are accepted, and reports suppressions that are wrong or have no
/// effect.
pub fn apply(contract: &Contract, rules: &[&Rule], found: &mut Vec<Diagnostic>) {
    let mut reports = Vec::new();
    let mut allows = comments(contract, &mut reports);
    allows.extend(extensions(contract, &mut reports));
    let mut by_code: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, allow) in allows.iter().enumerate() {
        by_code.entry(allow.code.clone()).or_default().push(index);
    }
    found.retain(|found| {
        let Some(start) = found.span.as_ref().map(|span| span.start) else {
            return true;
        };
        let mut is_accepted = false;
        for index in by_code.get(found.code).into_iter().flatten() {
            let allow = &mut allows[*index];
            if allow.scope.contains(&start) && !found.is_error() {
                allow.is_used = true;
                is_accepted = true;
            }
        }
        !is_accepted
    });
    // What an error hides may be what is accepted.
    let all_known = !any_error(found);
    let wrong = allows.iter().filter_map(|allow| allow.report(rules));
    reports.extend(wrong.filter(|report| all_known || report.code != UNUSED_ALLOW.code));
    found.extend(reports);
}

impl Allow {
    /// What is wrong with it.
    fn report(&self, rules: &[&Rule]) -> Option<Diagnostic> {
        let code = &self.code;
        let rule = rules.iter().find(|rule| rule.code == code);
        let (rule, message, help) = match rule {
            None => {
                let help = match nearest(code, rules.iter().map(|rule| rule.code)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "`cargo xtask lint --rules` lists all codes".into(),
                };
                (&ALLOW, format!("there is no rule `{code}`"), help)
            }
            Some(rule) if rule.severity == Error && !self.is_used => (
                &ALLOW,
                format!("`{code}` is an error, and can't be accepted"),
                "correct what it reports, and remove this".into(),
            ),
            Some(_) if !self.has_reason => (
                &ALLOW,
                format!("`{code}` is accepted without a reason"),
                "write the reason behind it".into(),
            ),
            Some(_) if !self.is_used => (
                &UNUSED_ALLOW,
                format!("there is no `{code}` to accept here"),
                "remove it".into(),
            ),
            Some(_) => return None,
        };
        Some(rule.told(message).at(self.at.clone()).help(help))
    }
}

/// What comments accept.
fn comments(contract: &Contract, reports: &mut Vec<Diagnostic>) -> Vec<Allow> {
    let source = contract.source();
    let text = source.text();
    let mut words = text.match_indices(WORD).peekable();
    if words.peek().is_none() {
        return Vec::new();
    }
    let places = Places::of(contract);
    let mut allows = Vec::new();
    for (word, _) in words {
        let before = text[..word].trim_end_matches([' ', '\t']);
        let Some(before) = before.strip_suffix('#') else {
            continue;
        };
        let at = before.len();
        if !(before.is_empty() || before.ends_with([' ', '\t', '\n'])) || places.is_in_scalar(at) {
            continue; // Part of a text.
        }
        let comment = source.first_line(at..text.len());
        let Some((codes, reason)) = parsed(&text[word + WORD.len()..comment.end]) else {
            reports.push(
                ALLOW
                    .told("this comment accepts nothing: it is not understood")
                    .at(comment)
                    .help("write `# lint: allow(CODE) reason`"),
            );
            continue;
        };
        let here = source.line_column(at).line;
        let is_alone = before.trim_end_matches([' ', '\t']);
        let is_alone = is_alone.is_empty() || is_alone.ends_with('\n');
        let line = if is_alone { places.below(here) } else { here };
        allows.extend(codes.map(|code| Allow {
            code: code.to_string(),
            at: comment.clone(),
            scope: places.on_line.get(&line).cloned().unwrap_or_default(),
            has_reason: !reason.is_empty(),
            is_used: false,
        }));
    }
    allows
}

/// The codes and the reason of what stands behind `lint:`.
fn parsed(body: &str) -> Option<(impl Iterator<Item = &str>, &str)> {
    let (codes, reason) = body
        .trim_start()
        .strip_prefix("allow")?
        .trim_start()
        .strip_prefix('(')?
        .split_once(')')?;
    Some((codes.split(',').map(str::trim), reason.trim()))
}

/// Where values stand in the text.
struct Places {
    /// For each line, from 0, the first one at or below it that is no comment.
    no_comment: Vec<usize>,
    /// The outermost value that begins on a line, with its key.
    on_line: HashMap<usize, Range<usize>>,
    /// Scalars, in the text's order.
    scalars: Vec<Range<usize>>,
}

impl Places {
    fn of(contract: &Contract) -> Places {
        let mut on_line: HashMap<usize, Range<usize>> = HashMap::new();
        let mut scalars = Vec::new();
        let mut begins = |place: Range<usize>| {
            let line = contract.source().line_column(place.start).line;
            let outermost = on_line.entry(line).or_insert_with(|| place.clone());
            if (place.start, Reverse(place.end)) < (outermost.start, Reverse(outermost.end)) {
                *outermost = place;
            }
        };
        contract.tree().visit(&mut |node| match &node.kind {
            NodeKind::Scalar { .. } => scalars.push(node.span.clone()),
            NodeKind::Sequence(items) => items.iter().for_each(|item| begins(item.span.clone())),
            NodeKind::Mapping(entries) => entries.iter().for_each(|entry| begins(entry.span())),
        });
        scalars.sort_by_key(|span| span.start);
        let lines: Vec<&str> = contract.source().text().lines().collect();
        let mut no_comment: Vec<usize> = (0..=lines.len()).collect();
        for (line, text) in lines.iter().enumerate().rev() {
            if text.trim_start().starts_with('#') {
                no_comment[line] = no_comment[line + 1];
            }
        }
        Places {
            no_comment,
            on_line,
            scalars,
        }
    }

    /// The line below a comment, counted from 1, and below those that follow it.
    fn below(&self, comment: usize) -> usize {
        self.no_comment.get(comment).map_or(0, |line| line + 1)
    }

    fn is_in_scalar(&self, at: usize) -> bool {
        let before = self.scalars.partition_point(|span| span.start <= at);
        let nearest = before.checked_sub(1).map(|index| &self.scalars[index]);
        nearest.is_some_and(|span| span.contains(&at))
    }
}

/// What [`LINT_ALLOW`] accepts.
fn extensions(contract: &Contract, reports: &mut Vec<Diagnostic>) -> Vec<Allow> {
    if !contract.source().text().contains(LINT_ALLOW) {
        return Vec::new();
    }
    let mut allows = Vec::new();
    for item in items(&contract.document).all() {
        let Some(accepted) = item.object.get(LINT_ALLOW) else {
            continue;
        };
        let at = item.pointer.child(LINT_ALLOW);
        let Value::Object(accepted) = accepted else {
            reports.push(
                ALLOW
                    .told(format!("`{LINT_ALLOW}` holds codes, each with its reason"))
                    .at(contract.key(&at))
                    .help(format!("write `{LINT_ALLOW}: {{CODE: reason}}`")),
            );
            continue;
        };
        allows.extend(accepted.iter().map(|(code, reason)| {
            Allow {
                code: code.clone(),
                at: contract.key_span(&at.child(code)),
                scope: whole(contract.tree(), &item.pointer),
                has_reason: reason
                    .as_str()
                    .is_some_and(|reason| !reason.trim().is_empty()),
                is_used: false,
            }
        }));
    }
    allows
}

/// The bytes of a value with its key.
fn whole(root: &Node, pointer: &Pointer) -> Range<usize> {
    let mut here = (root.span.clone(), root);
    for part in pointer.parts() {
        let next = match &here.1.kind {
            NodeKind::Mapping(entries) => {
                let entry = entries.iter().find(|entry| entry.name() == Some(part));
                entry.map(|entry| (entry.span(), &*entry.value))
            }
            NodeKind::Sequence(items) => {
                let item = part.parse().ok().and_then(|index: usize| items.get(index));
                item.map(|item| (item.span.clone(), &**item))
            }
            NodeKind::Scalar { .. } => None,
        };
        let Some(next) = next else { break };
        here = next;
    }
    here.0
}
