//! Where values of JSON end, without reading them.

/// The brackets and the string that are open at a place of a JSON text.
#[derive(Default)]
pub struct Open {
    brackets: Vec<u8>,
    in_string: bool,
    escaped: bool,
    /// The last byte that is no white space.
    last: u8,
}

impl Open {
    /// Goes on by one byte.
    pub fn step(&mut self, byte: u8) {
        if self.in_string {
            self.in_string = self.escaped || byte != b'"';
            self.escaped = byte == b'\\' && !self.escaped;
        } else {
            match byte {
                b'"' => self.in_string = true,
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
        self.brackets.is_empty() && !self.in_string
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
        self.in_string || is_other
    }
}
