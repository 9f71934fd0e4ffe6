//! A file of ids: a list, JSON or a table, told apart by its first line.

#[cfg(test)]
mod tests;

use std::fmt::Display;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};

use super::entry::{Entry, read_id};
use super::header::{Column, declared_delimiter, find_column, header_length};
use super::json::Open;
use super::text::{Text, line_length};
use crate::failure::{Failure, Kind};
use crate::text::{count, piece};

/// The column or key of ids unless another is named.
const ID: &str = "id";
/// Follows a table, so that its last cell is known to be closed. No text holds a NUL.
const TABLE_END: &[u8] = b"\n\0\n";

/// Takes an id; `Break` says that no more are wanted.
pub type Give<'a> = &'a mut dyn FnMut(Entry) -> ControlFlow<()>;

/// A file of ids, from its first id on.
pub struct Source {
    name: String,
    text: Text,
    /// The key of ids in JSON objects.
    key: String,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    /// An id or a JSON object a line, or objects over several lines.
    Lines,
    /// The elements of a JSON array.
    Array,
    /// Delimiter-separated values.
    Table(Column),
}

impl Source {
    /// Reads as much as tells the form. `column` names the column or key of ids, if it isn't `id`.
    pub fn open(
        name: &str,
        reader: Box<dyn Read + Send>,
        column: Option<&str>,
    ) -> Result<Self, Failure> {
        let unusable = |error: io::Error| Failure::usage(format!("{name}: {error}"));
        let mut source = Self {
            name: name.to_owned(),
            text: Text::new(reader).map_err(unusable)?,
            key: column.unwrap_or(ID).to_owned(),
            form: Form::Lines,
        };
        source.form = source.find_form(column.is_some()).map_err(unusable)??;
        Ok(source)
    }

    fn find_form(&mut self, is_named: bool) -> io::Result<Result<Form, Failure>> {
        let mut declared = None;
        loop {
            let line = self.text.peek(line_length)?;
            let delimiter = declared_delimiter(line);
            if says_something(line) && delimiter.is_none() {
                break;
            }
            let length = line.len();
            declared = delimiter.or(declared);
            self.text.consume(length);
            if self.text.next_byte()?.is_none() {
                return Ok(Ok(Form::Lines));
            }
        }
        let number = self.text.line();
        let header = self.text.peek(header_length)?;
        let length = header.len();
        let begin = header.iter().position(|byte| !byte.is_ascii_whitespace());
        match begin.map(|begin| (begin, header[begin])) {
            Some((begin, b'[')) if declared.is_none() => {
                self.text.consume(begin + 1);
                return Ok(Ok(Form::Array));
            }
            Some((_, b'{')) if declared.is_none() => return Ok(Ok(Form::Lines)),
            _ => {}
        }
        let is_list = || read_id(header, ID).is_ok();
        let what = match find_column(header, declared, &self.key) {
            Ok(Some(column)) => {
                self.text.consume(length);
                return Ok(Ok(Form::Table(column)));
            }
            found if declared.is_none() && !is_named && (found.is_ok() || is_list()) => {
                return Ok(Ok(Form::Lines));
            }
            Ok(None) => "there is no column",
            Err(what) => what,
        };
        let what = format!("{}:{number}: {what} `{}`", self.name, piece(&self.key));
        Ok(Err(Failure::usage(what).or_try(
            "the first line of a table names its columns, and --id-column that of the ids; a list has \
             one id a line",
        )))
    }

    /// Gives the ids in their order, until there are no more or no more are wanted.
    pub fn each(mut self, give: Give) -> Result<(), Failure> {
        let result = match self.form {
            Form::Table(column) => return self.table(column, give),
            form => self.values(matches!(form, Form::Array), give),
        };
        result.map_err(|error| broken(&self.name, self.text.line(), &error))
    }

    /// Gives the id of each element of an array; or of each line and each JSON object, which may take
    /// several lines.
    fn values(&mut self, is_array: bool, give: Give) -> io::Result<()> {
        let (mut value, mut open, mut line) = (Vec::new(), Open::default(), 0);
        let mut elements = 0;
        loop {
            let byte = self.text.next_byte()?;
            let mut is_end = match byte {
                None => true,
                Some(b',' | b']') => is_array && open.is_closed(),
                Some(b'\n') if !is_array => {
                    open.is_closed() || open.is_damaged_before(self.text.fill_buf()?.first())
                }
                Some(_) => false,
            };
            if let Some(byte) = byte.filter(|_| !is_end) {
                if value.is_empty() {
                    if byte.is_ascii_whitespace() || b",;".contains(&byte) {
                        continue;
                    }
                    (line, open) = (self.text.line(), Open::default());
                    self.text.renew();
                }
                value.push(byte);
                let is_object = value[0] == b'{';
                if is_array || is_object {
                    open.step(byte);
                }
                is_end = !is_array && is_object && open.is_closed();
            }
            if !is_end {
                continue;
            }
            let is_element = is_array && (byte == Some(b',') || !value.is_empty());
            // Of an array that breaks off, the last element may not be whole.
            let is_whole = !is_array || byte.is_some() || open.is_closed();
            if is_whole && (is_element || says_something(&value)) {
                elements += 1;
                if give(entry(&self.name, line, &value, &self.key)).is_break() {
                    return Ok(());
                }
            }
            value.clear();
            match byte {
                Some(b']') if is_array => return self.expect_end(),
                None if is_array => {
                    let elements = count(elements, "whole element");
                    let what = format!("the array is not closed; it has {elements}");
                    return Err(io::Error::other(what));
                }
                None => return Ok(()),
                Some(_) => {}
            }
        }
    }

    /// Reads the white space that may follow an array.
    fn expect_end(&mut self) -> io::Result<()> {
        while let Some(byte) = self.text.next_byte()? {
            if !byte.is_ascii_whitespace() {
                return Err(io::Error::other("there is text after the end of the array"));
            }
        }
        Ok(())
    }

    /// Gives the id of each row.
    fn table(self, column: Column, give: Give) -> Result<(), Failure> {
        let before = self.text.line() - 1;
        let mut builder = ReaderBuilder::new();
        builder
            .delimiter(column.delimiter)
            .has_headers(false)
            .flexible(true);
        let mut reader = builder.from_reader(self.text.chain(TABLE_END));
        let mut row = ByteRecord::new();
        loop {
            reader.get_mut().get_mut().0.renew();
            let read = reader.read_byte_record(&mut row);
            let end = before + reader.position().line();
            read.map_err(|error| broken(&self.name, end, &error))?;
            let cells = row.as_slice();
            if cells == b"\0" {
                return Ok(());
            }
            let breaks = cells.iter().filter(|byte| **byte == b'\n').count() as u64;
            if cells.contains(&0) {
                let what = "a quotation mark opens a cell that nothing closes";
                return Err(broken(&self.name, end - breaks, &what));
            }
            let cell = row.get(column.index).unwrap_or_default();
            let entry = entry(&self.name, end - breaks - 1, cell, &self.key);
            let is_comment = entry.id.is_err() && !says_something(cells);
            if !is_comment && give(entry).is_break() {
                return Ok(());
            }
        }
    }
}

fn entry(name: &str, line: u64, text: &[u8], key: &str) -> Entry {
    let id = read_id(text, key);
    Entry {
        line: Some(line),
        id: id.map_err(|what| {
            let what = format!("{name}:{line}: {what}");
            Failure::new(Kind::InvalidId, what).at_line(Some(line))
        }),
    }
}

/// The rest of the file can't be read.
fn broken(name: &str, line: u64, what: &dyn Display) -> Failure {
    Failure::local(format!("{name}:{line}: {what}"))
}

/// Whether a line is neither blank nor a comment.
fn says_something(line: &[u8]) -> bool {
    !matches!(line.trim_ascii().first(), None | Some(b'#'))
}
