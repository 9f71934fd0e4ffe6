//! Lines of a file, counted, with what they were made of elsewhere tolerated.

use std::io::{self, BufRead, Read};

/// What some editors put at a file's beginning to say that it is UTF-8 …
const BOM: &[u8] = b"\xef\xbb\xbf";
/// … or UTF-16.
const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
/// The longest line: more than any lead needs, and little enough for memory.
const LONGEST: u64 = 16 * 1024 * 1024;

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

    /// The next line that isn't blank, and its number, which counts from 1.
    pub fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        loop {
            self.line.clear();
            let mut reader = self.reader.by_ref().take(LONGEST);
            let length = reader.read_until(b'\n', &mut self.line)?;
            if length == 0 {
                return Ok(None);
            }
            self.number += 1;
            if length as u64 == LONGEST {
                return Err(self.error("this line is too long"));
            }
            if self.number == 1 {
                if UTF_16.iter().any(|mark| self.line.starts_with(mark)) {
                    return Err(self.error("this is UTF-16; save it as UTF-8"));
                }
                if self.line.starts_with(BOM) {
                    self.line.drain(..BOM.len());
                }
            }
            if !self.line.trim_ascii().is_empty() {
                return Ok(Some((self.number, self.line.trim_ascii())));
            }
        }
    }

    /// What has not been read yet.
    pub fn rest(self) -> R {
        self.reader
    }

    fn error(&self, what: &str) -> io::Error {
        io::Error::other(format!("line {}: {what}", self.number))
    }
}
