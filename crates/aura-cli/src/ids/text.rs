//! The text of a file: recognized as text, without a byte order mark, and with one kind of line end.

use std::io::{self, BufRead, Read};

use crate::text::BOM;

/// The bytes that one line, row or JSON value may take: more than any lead needs, and little enough
/// for memory.
const LONGEST: usize = 16 * 1024 * 1024;
/// The bytes that are looked at before they are read.
const LONGEST_HEADER: usize = 64 * 1024;
const UTF_16: &str = "this is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\")";
/// How files begin that people take for lists of ids, and what to do about them.
const OTHER_FILES: [(&[u8], &str); 7] = [
    (b"\xff\xfe", UTF_16),
    (b"\xfe\xff", UTF_16),
    (
        b"PK\x03\x04",
        "this is an Excel workbook or another zip file; save the sheet as CSV (UTF-8)",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "this is an Excel workbook or another Office file; save the sheet as CSV (UTF-8)",
    ),
    (b"%PDF", "this is a PDF; save the ids as text, one a line"),
    (b"<", "this is HTML or XML; save it as CSV (UTF-8)"),
    (b"\x1f\x8b", "this is compressed with gzip; unpack it first"),
];

/// A reader of text in which each line ends with `\n`, whatever ended it. Beyond ASCII, any encoding
/// will do: no id goes there.
pub struct Text {
    reader: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    /// How much of the buffer has been taken.
    taken: usize,
    /// How many lines have been taken.
    lines: u64,
    /// The last byte was the `\r` of an end that may have a `\n` too.
    after_return: bool,
    has_nul: bool,
    /// The bytes that may be taken before the next [`renew`](Self::renew).
    room: usize,
}

impl Text {
    /// Reads the first line. An error says what the file is instead, and what to do about it.
    pub fn new(reader: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut text = Self {
            reader,
            buffer: Vec::new(),
            taken: 0,
            lines: 0,
            after_return: false,
            has_nul: false,
            room: LONGEST,
        };
        let is_read = text.peek(line_length).map(drop);
        let buffer = &text.buffer;
        let mut other = OTHER_FILES
            .iter()
            .filter(|(begin, _)| buffer.starts_with(begin));
        // UTF-16 that doesn't say so: every other byte of ASCII is 0.
        let utf_16 = (text.has_nul && buffer.len() < 2).then_some(UTF_16);
        if let Some(what) = other.next().map(|(_, what)| *what).or(utf_16) {
            return Err(io::Error::other(what));
        }
        if buffer.starts_with(BOM) {
            text.consume(BOM.len());
        }
        is_read.map(|()| text)
    }

    /// Shows what comes next, up to where it is enough or too much for a header.
    pub fn peek(&mut self, length: impl Fn(&[u8]) -> Option<usize>) -> io::Result<&[u8]> {
        let enough = loop {
            let rest = &self.buffer[self.taken..];
            if let Some(length) = length(rest) {
                break length;
            }
            if rest.len() > LONGEST_HEADER || !self.fill()? {
                break self.buffer.len() - self.taken;
            }
        };
        Ok(&self.buffer[self.taken..][..enough])
    }

    /// Takes the next byte.
    pub fn next_byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.fill_buf()?.first().copied();
        self.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// The number of the line that the next byte belongs to.
    pub fn line(&self) -> u64 {
        self.lines + 1
    }

    /// Begins another line, row or value, which may be as long as any.
    pub fn renew(&mut self) {
        self.room = LONGEST;
    }

    /// Reads more; false if there is none.
    fn fill(&mut self) -> io::Result<bool> {
        let (mut bytes, before) = ([0; 8192], self.buffer.len());
        while self.buffer.len() == before {
            if self.has_nul {
                return Err(io::Error::other("a NUL byte, which is in no text"));
            }
            let length = match self.reader.read(&mut bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Ok(0) => return Ok(false),
                length => length?,
            };
            for &byte in &bytes[..length] {
                if byte == 0 {
                    // What stands before it is given first.
                    self.has_nul = true;
                    break;
                }
                if byte != b'\n' || !self.after_return {
                    self.buffer.push(if byte == b'\r' { b'\n' } else { byte });
                }
                self.after_return = byte == b'\r';
            }
        }
        Ok(true)
    }
}

impl BufRead for Text {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.room == 0 {
            return Err(io::Error::other("this is longer than 16 MiB"));
        }
        if self.taken == self.buffer.len() {
            self.buffer.clear();
            self.taken = 0;
            self.fill()?;
        }
        Ok(&self.buffer[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        let bytes = &self.buffer[self.taken..][..amount];
        self.lines += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.taken += amount;
        self.room = self.room.saturating_sub(amount);
    }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

/// The length of the first line, if that is known.
pub fn line_length(text: &[u8]) -> Option<usize> {
    text.iter().position(|byte| *byte == b'\n')
}
