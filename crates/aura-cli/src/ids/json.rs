//! Where values of JSON end, without reading them.

use crate::json::Tokens;

/// The brackets and the string that are open at a place of a JSON text.
#[derive(Default)]
pub struct Open {
    brackets: Vec<u8>,
    tokens: Tokens,
    /// The last byte that is no white space.
    last: u8,
}

impl Open {
    /// Goes on by one byte.
    pub fn step(&mut self, byte: u8) {
        // A byte of a longer character is neither a quote nor a backslash.
        if !self.tokens.is_text(char::from(byte)) {
            match byte {
                b'{' | b'[' => self.brackets.push(byte),
                b'}' | b']' => drop(self.brackets.pop()),
                _ => {}
            }
        }
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
    }

    pub fn is_closed(&self) -> bool {
        self.brackets.is_empty() && !self.tokens.is_in_text()
    }

    /// Whether what is open can't go on in a line that begins with this byte.
    pub fn is_damaged_before(&self, next: Option<&u8>) -> bool {
        let takes_object = match self.brackets.last() {
            Some(b'{') => self.last == b':',
            _ => b"[,".contains(&self.last),
        };
        let is_other = match next {
            Some(b'{') => !takes_object,
            // An id of a list.
            next => next.is_some_and(u8::is_ascii_alphanumeric),
        };
        self.tokens.is_in_text() || is_other
    }
}
