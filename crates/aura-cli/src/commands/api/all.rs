//! `aura api OPERATION --all`: the items of all pages, as `x-pagination` says.

use std::collections::HashSet;
use std::ops::ControlFlow;

use aura_client::Client;
use aura_contract::{Location, Operation, Pagination, Request};
use clap::{Arg, ArgAction, ArgMatches};

use super::arguments::{INCLUDE, OUT};
use super::call::{Call, Given, written};
use crate::exit::Exit;
use crate::failure::{Failure, Kind};
use crate::json;
use crate::node::Node;
use crate::options::{Format, Global};
use crate::output::Output;
use crate::terminal;

const ALL: &str = "all";

/// `--all`. An operation without pages has it too, to say why it has none.
pub fn declare(operation: &Operation) -> Arg {
    Arg::new(ALL)
        .long(ALL)
        .action(ArgAction::SetTrue)
        .conflicts_with_all([INCLUDE, OUT])
        .hide(operation.pagination.is_none())
        .help("Print the items of all pages, one page after the other")
}

/// The pages of an operation, and what is asked of each.
#[derive(Debug)]
pub struct All {
    operation: Operation,
    pagination: Pagination,
    /// What the cursor is called among the arguments.
    key: String,
    given: Given,
}

impl All {
    /// The pages that the arguments ask for, if they ask for all.
    pub fn read(
        operation: &Operation,
        matches: &ArgMatches,
        given: &Given,
    ) -> Result<Option<Self>, Failure> {
        if !matches.get_flag(ALL) {
            return Ok(None);
        }
        let pagination = operation.pagination.clone();
        let cursor = pagination.as_ref().and_then(|pagination| {
            let mut parameters = operation.parameters.iter();
            parameters
                .find(|each| each.location == Location::Query && each.name == pagination.cursor)
        });
        match (&pagination, cursor) {
            (Some(pagination), Some(cursor)) => Ok(Some(Self {
                operation: operation.clone(),
                pagination: pagination.clone(),
                key: cursor.key.clone(),
                given: given.clone(),
            })),
            _ => {
                let message = format!("--all: the contract describes no pages of {}", operation.id);
                let help =
                    "pages need `x-pagination` on the operation, with `cursor`, `next` and `items`";
                Err(Failure::usage(message).or_try(help))
            }
        }
    }

    /// Prints the items of page after page, beginning with that of the call.
    pub async fn run(&self, mut call: Call, client: &Client, form: Form) -> Result<Exit, Failure> {
        let mut printed = Printed::new(form);
        let ended = self.print(&mut call, client, &mut printed).await;
        // What is there is whole, also if there is no more of it.
        printed.end()?;
        ended.map(|()| Exit::Good)
    }

    async fn print(
        &self,
        call: &mut Call,
        client: &Client,
        printed: &mut Printed,
    ) -> Result<(), Failure> {
        let mut seen: HashSet<String> = self.cursor().into_iter().collect();
        loop {
            let response = call.send(client).await;
            let response = response.map_err(|error| call.failure(&error))?;
            let body = Node::read(response.bytes());
            let body = body.ok_or_else(|| unexpected("a page is not JSON"))?;
            if printed.items(&self.items(body)?)?.is_break() {
                return Ok(());
            }
            let Some(cursor) = self.next(body)? else {
                return Ok(());
            };
            call.turn_to(self.request(&cursor)?);
            if !seen.insert(cursor) {
                let next = self.pagination.next.join(".");
                let message = format!("`{next}` was there before, so the pages would never end");
                return Err(unexpected(message));
            }
        }
    }

    /// The cursor of the first page, if it is given.
    fn cursor(&self) -> Option<String> {
        let (_, texts) = self.given.iter().find(|(key, _)| *key == self.key)?;
        texts.first().cloned()
    }

    /// The request for the page at a cursor.
    fn request(&self, cursor: &str) -> Result<Request, Failure> {
        let others = self.given.iter().filter(|(key, _)| *key != self.key);
        let cursor = (self.key.clone(), vec![cursor.to_owned()]);
        let given: Given = others.cloned().chain([cursor]).collect();
        written(&self.operation, &given).map_err(|_| {
            let next = self.pagination.next.join(".");
            unexpected(format!("`{next}` is no value that `{}` can have", self.key))
        })
    }

    fn items<'b>(&self, body: Node<'b>) -> Result<Vec<Node<'b>>, Failure> {
        let path = &self.pagination.items;
        match follow(body, path) {
            None => Ok(Vec::new()),
            Some(list) => list
                .items()
                .ok_or_else(|| unexpected(format!("`{}` is no list", path.join(".")))),
        }
    }

    fn next(&self, body: Node<'_>) -> Result<Option<String>, Failure> {
        let path = &self.pagination.next;
        let Some(next) = follow(body, path) else {
            return Ok(None);
        };
        let cursor = match serde_json::from_str(next.raw()) {
            Ok(serde_json::Value::String(text)) => text,
            Ok(serde_json::Value::Number(_)) => next.raw().to_owned(),
            _ => return Err(unexpected(format!("`{}` is no cursor", path.join(".")))),
        };
        Ok(Some(cursor).filter(|cursor| !cursor.is_empty()))
    }
}

fn unexpected(message: impl Into<String>) -> Failure {
    Failure::new(Kind::UnexpectedAnswer, message)
}

/// What stands at a path; nothing where that is absent or null.
fn follow<'b>(body: Node<'b>, path: &[String]) -> Option<Node<'b>> {
    let found = path.iter().try_fold(body, |node, name| node.member(name));
    found.filter(|node| !node.is_null())
}

/// How items are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Each on a line.
    Lines,
    /// All of them as one array.
    Array,
}

impl Form {
    /// As the arguments say, else what suits the standard output.
    pub fn of(global: &Global) -> Result<Self, Failure> {
        match global.output {
            None if terminal::is_stdout() => Ok(Self::Array),
            Some(Format::Json) => Ok(Self::Array),
            None | Some(Format::Ndjson) => Ok(Self::Lines),
            Some(Format::Table | Format::Csv) => Err(Failure::usage(
                "the items of pages are JSON: --output json or ndjson",
            )),
        }
    }
}

/// What has been printed so far.
struct Printed {
    form: Form,
    output: Output,
    count: usize,
}

impl Printed {
    fn new(form: Form) -> Self {
        Self {
            form,
            output: Output::stdout(),
            count: 0,
        }
    }

    fn items(&mut self, items: &[Node<'_>]) -> Result<ControlFlow<()>, Failure> {
        let mut text = String::new();
        for item in items {
            let item = json::compact(item.raw());
            match (self.form, self.count) {
                (Form::Lines, _) => text += &(item + "\n"),
                (Form::Array, 0) => text += &format!("[\n  {}", json::pretty(&item, 1)),
                (Form::Array, _) => text += &format!(",\n  {}", json::pretty(&item, 1)),
            }
            self.count += 1;
        }
        self.output.write(text.as_bytes())
    }

    fn end(&mut self) -> Result<(), Failure> {
        let end = match (self.form, self.count) {
            (Form::Lines, _) => return Ok(()),
            (Form::Array, 0) => "[]\n",
            (Form::Array, _) => "\n]\n",
        };
        self.output.write(end.as_bytes()).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::api::tests::grown;

    fn all() -> All {
        let contract = grown();
        let operation = contract.operation("texts_in_pages").expect("it is there");
        All {
            operation: operation.clone(),
            pagination: operation.pagination.clone().expect("it has pages"),
            key: "cursor".to_owned(),
            given: vec![("cursor".to_owned(), vec!["a".to_owned()])],
        }
    }

    fn node(text: &str) -> Node<'_> {
        Node::read(text.as_bytes()).expect("JSON")
    }

    #[test]
    fn the_next_page_is_where_its_cursor_says() {
        let next = |text: &str| {
            all()
                .next(node(text))
                .map_err(|failure| failure.to_string())
        };
        for (text, expected) in [
            (r#"{"page":{"next":"b\u0020"}}"#, Some("b ")),
            (
                r#"{"page":{"next":12345678901234567890}}"#,
                Some("12345678901234567890"),
            ),
            (r#"{"page":{"next":""}}"#, None),
            (r#"{"page":{"next":null}}"#, None),
            (r#"{"page":null}"#, None),
            ("[]", None),
        ] {
            assert_eq!(next(text), Ok(expected.map(str::to_owned)), "{text}");
        }
        let problem = next(r#"{"page":{"next":{"secret":1}}}"#);
        assert_eq!(problem, Err("`page.next` is no cursor".to_owned()));
        assert_eq!(all().cursor().as_deref(), Some("a"));
        let request = all().request("b c").expect("a request");
        assert_eq!(request.target, "/v1/texts?cursor=b+c");
    }

    #[test]
    fn items_keep_their_text() {
        let items = |text: &'static str| {
            let items = all().items(node(text));
            let items = items.map(|items| items.into_iter().map(Node::raw).collect::<Vec<_>>());
            items.map_err(|failure| failure.to_string())
        };
        assert_eq!(
            items(r#"{"data":[1.10, {"a":1e999}]}"#),
            Ok(vec!["1.10", r#"{"a":1e999}"#])
        );
        assert_eq!(items(r#"{"data":null}"#), Ok(vec![]));
        assert_eq!(
            items(r#"{"data":"secret"}"#),
            Err("`data` is no list".to_owned())
        );
    }
}
