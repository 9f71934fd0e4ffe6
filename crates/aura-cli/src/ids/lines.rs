//! Lines of a file, counted, with what they were made of elsewhere tolerated.

use std::io::{self, BufRead, Read};

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

    /// The next record of CSV: as `next`, but a line break within quotes belongs to it.
    pub fn next_record(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        let found = self.find()?;
        let quotes = |line: &[u8]| line.iter().filter(|byte| **byte == b'"').count();
        let is_comment = self.line.trim_ascii().starts_with(b"#");
        // A quote in a cell is written twice.
        while !is_comment && !quotes(&self.line).is_multiple_of(2) && self.read()? > 0 {}
        Ok(found.map(|number| (number, self.line.trim_ascii_end())))
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
            false => Err(self.error("this line is too long")),
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        if UTF_16.iter().any(|mark| self.line.starts_with(mark)) {
            return Err(self.error("this is UTF-16; save it as UTF-8"));
        }
        if self.line.starts_with(BOM) {
            self.line.drain(..BOM.len());
        }
        Ok(())
    }

    fn error(&self, what: &str) -> io::Error {
        io::Error::other(format!("line {}: {what}", self.number))
    }
}
