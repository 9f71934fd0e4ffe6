//! How leads are shown: from the body of an answer to the text that is written.

mod card;
mod csv;
mod fields;
mod json;
#[cfg(test)]
mod properties;
mod shape;
mod spreadsheet;
mod table;
mod words;

use crate::csv_record;
use crate::json::pretty;
use crate::lead::Lead;
use crate::options::Format;
use crate::output::Records;
use crate::text::BOM;

pub use fields::Fields;
pub use shape::Shape;

/// What the text is for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Medium {
    /// It goes to a terminal, which acts on control characters.
    pub terminal: bool,
    /// It may hold colours.
    pub styled: bool,
    /// How many columns there are for text that people read; `None` for as many as it takes.
    pub width: Option<usize>,
    /// Cells of CSV are as they were sent, also those that a spreadsheet would run.
    pub raw: bool,
    /// CSV begins with a byte order mark.
    pub bom: bool,
}

/// Turns leads into text, one after the other.
pub struct Renderer {
    form: Form,
    fields: Option<Fields>,
    shape: Shape,
    medium: Medium,
}

enum Form {
    /// One lead for people.
    Card,
    /// Several for people; rows wait until there is a block of them.
    Table(Vec<Vec<String>>),
    /// An object a line.
    Ndjson,
    /// One object.
    Object,
    /// An array, with the last element so far: whether a comma follows it isn't known yet, and what
    /// is written must be whole lines.
    Array(Option<String>),
    Csv,
}

impl Renderer {
    /// `one` says that there is one lead and no more.
    pub fn new(
        format: Format,
        one: bool,
        fields: Option<Fields>,
        shape: Shape,
        medium: Medium,
    ) -> Self {
        let form = match (format, one) {
            (Format::Table, true) => Form::Card,
            (Format::Table, false) => Form::Table(Vec::new()),
            (Format::Ndjson, _) => Form::Ndjson,
            (Format::Json, true) => Form::Object,
            (Format::Json, false) => Form::Array(None),
            (Format::Csv, _) => Form::Csv,
        };
        Self {
            form,
            fields,
            shape,
            medium,
        }
    }

    /// What stands before the first lead.
    pub fn begin(&self) -> Vec<u8> {
        match &self.form {
            Form::Csv => {
                let mark = if self.medium.bom { BOM } else { b"" };
                [mark, &csv_record::row(&self.header())].concat()
            }
            _ => Vec::new(),
        }
    }

    /// The text of one lead: whole lines, or none if it is shown later.
    pub fn lead(&mut self, lead: &Lead) -> Vec<u8> {
        let found = self.fields.as_mut().map(|fields| fields.of(lead.data()));
        let found = found.as_deref();
        match &mut self.form {
            Form::Card => card::card(lead, found, &self.shape, self.medium).into_bytes(),
            Form::Table(rows) => {
                rows.push(table::row(lead, found, &self.shape));
                match rows.len() < table::BLOCK {
                    true => Vec::new(),
                    false => self.table(),
                }
            }
            Form::Ndjson => (json::line(lead, found) + "\n").into_bytes(),
            Form::Object => (pretty(&json::line(lead, found), 0) + "\n").into_bytes(),
            Form::Array(last) => {
                let text = pretty(&json::line(lead, found), 1);
                match last.replace(format!("  {text}")) {
                    None => b"[\n".to_vec(),
                    Some(before) => format!("{before},\n").into_bytes(),
                }
            }
            Form::Csv => csv_record::row(&csv::record(lead, found, &self.shape, self.medium)),
        }
    }

    /// What stands after the last lead.
    pub fn end(&mut self) -> Vec<u8> {
        match &mut self.form {
            Form::Table(_) => self.table(),
            Form::Array(last) => match last.take() {
                None => b"[]\n".to_vec(),
                Some(last) => format!("{last}\n]\n").into_bytes(),
            },
            _ => Vec::new(),
        }
    }

    /// How many leads have not been given as text yet.
    pub fn waiting(&self) -> u64 {
        match &self.form {
            Form::Table(rows) => rows.len() as u64,
            Form::Array(Some(_)) => 1,
            _ => 0,
        }
    }

    /// Whether what is written is one JSON array.
    pub fn is_array(&self) -> bool {
        matches!(self.form, Form::Array(_))
    }

    /// What a file of this is made of, for a run that goes on with it.
    pub fn records(&self) -> Records {
        match self.form {
            Form::Ndjson => Records::Ndjson,
            Form::Csv => Records::Csv(self.header()),
            _ => Records::Other,
        }
    }

    /// Warnings about fields that no lead had and that the contract doesn't know.
    pub fn unknown_fields(&self) -> Vec<String> {
        let fields = self.fields.as_ref();
        fields.map_or_else(Vec::new, |fields| fields.unknown(&self.shape))
    }

    fn header(&self) -> Vec<String> {
        csv::header(self.fields.as_ref(), &self.shape, self.medium)
    }

    fn table(&mut self) -> Vec<u8> {
        let Form::Table(rows) = &mut self.form else {
            return Vec::new();
        };
        let rows = std::mem::take(rows);
        table::table(rows, self.fields.as_ref(), self.medium).into_bytes()
    }
}
