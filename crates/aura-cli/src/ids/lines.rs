//! Lines of a file, counted, with what they were made of elsewhere tolerated.

use std::io::{self, BufRead, Read};

use crate::csv_record::CsvRecord;

/// What some editors put at a file's beginning to say that it is UTF-8 …
const BOM: &[u8] = b"\xef\xbb\xbf";
/// … or UTF-16.
const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
/// The longest line: more than any lead needs, and little enough for memory.
const LONGEST: usize = 16 * 1024 * 1024;

/// Lines without their end.
pub struct Lines<R> {
    reader: R,
    /// How many have been read.
    number: u64,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            number: 0,
            line: Vec::new(),
        }
    }

    /// The next line that isn't blank, without its end, and its number, which counts from 1.
    pub fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        let found = self.find()?;
        Ok(found.map(|number| (number, self.line.trim_ascii_end())))
    }

    /// The next record of CSV, read into `record`, and the number of its first line; comments are
    /// left out.
    pub fn next_record(&mut self, record: &mut CsvRecord) -> io::Result<Option<u64>> {
        let number = loop {
            match self.find()? {
                None => return Ok(None),
                Some(_) if is_comment(&self.line) => {}
                Some(number) => break number,
            }
        };
        let mut taken = 0;
        while !record.push(&self.line[taken..]) {
            taken = self.line.len();
            if self.read()? > 0 {
                continue;
            }
            // The last line of a file may lack its end.
            return match !self.line.ends_with(b"\n") && record.push(b"\n") {
                true => Ok(Some(number)),
                false => Err(error(
                    number,
                    "a quotation mark opens a cell that nothing closes",
                )),
            };
        }
        Ok(Some(number))
    }

    fn find(&mut self) -> io::Result<Option<u64>> {
        loop {
            self.line.clear();
            if self.read()? == 0 {
                return Ok(None);
            }
            if self.number == 1 {
                self.begin()?;
            }
            if !self.line.trim_ascii().is_empty() {
                return Ok(Some(self.number));
            }
        }
    }

    /// Reads one more line.
    fn read(&mut self) -> io::Result<usize> {
        let room = LONGEST - self.line.len();
        let mut reader = self.reader.by_ref().take(room as u64);
        let length = reader.read_until(b'\n', &mut self.line)?;
        self.number += u64::from(length > 0);
        match self.line.len() < LONGEST {
            true => Ok(length),
            false => Err(error(self.number, "this line is too long")),
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        if UTF_16.iter().any(|mark| self.line.starts_with(mark)) {
            return Err(error(self.number, "this is UTF-16; save it as UTF-8"));
        }
        if self.line.starts_with(BOM) {
            self.line.drain(..BOM.len());
        }
        Ok(())
    }
}

/// Whether a line says nothing.
pub fn is_comment(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"#")
}

fn error(line: u64, what: &str) -> io::Error {
    io::Error::other(format!("line {line}: {what}"))
}
