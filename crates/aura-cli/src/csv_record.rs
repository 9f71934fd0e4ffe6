//! Records of CSV: read a line at a time, since a cell may hold line breaks, and written.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// The record that is being read, or was read last.
pub struct CsvRecord {
    reader: Reader,
    /// The cells, one after the other; more room than they take.
    text: Vec<u8>,
    length: usize,
    /// Where each of them ends; more room than they take.
    ends: Vec<usize>,
    count: usize,
    is_whole: bool,
}

impl CsvRecord {
    pub fn new(delimiter: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            text: vec![0; 1024],
            length: 0,
            ends: vec![0; 64],
            count: 0,
            is_whole: false,
        }
    }

    /// Takes in one more line with its end; whether that is the end of the record, too. After it
    /// another record begins.
    pub fn push(&mut self, mut line: &[u8]) -> bool {
        if self.is_whole {
            (self.length, self.count) = (0, 0);
            self.is_whole = false;
        }
        loop {
            let (text, ends) = (&mut self.text[self.length..], &mut self.ends[self.count..]);
            let (result, read, written, ended) = self.reader.read_record(line, text, ends);
            line = &line[read..];
            self.length += written;
            self.count += ended;
            match result {
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty => break,
                ReadRecordResult::Record | ReadRecordResult::End => {
                    self.is_whole = true;
                    break;
                }
            }
        }
        self.is_whole
    }

    /// The cells of a whole record.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        let ends = &self.ends[..self.count];
        ends.iter().enumerate().map(|(at, end)| {
            let start = at.checked_sub(1).map_or(0, |before| ends[before]);
            &self.text[start..*end]
        })
    }
}

/// A whole line.
pub fn row(cells: &[String]) -> Vec<u8> {
    let mut line = Vec::new();
    let mut writer = csv::WriterBuilder::new().from_writer(&mut line);
    let written = writer
        .write_record(cells)
        .and_then(|()| Ok(writer.flush()?));
    drop(writer);
    // A Vec takes all that is written.
    debug_assert!(written.is_ok());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(record: &CsvRecord) -> Vec<&str> {
        let cells = record.cells();
        cells
            .map(|cell| std::str::from_utf8(cell).expect("UTF-8"))
            .collect()
    }

    #[test]
    fn a_record_ends_with_the_line_that_closes_its_quotes() {
        let mut record = CsvRecord::new(b',');
        assert!(!record.push(b"a,\"b \"\"\r\n"));
        assert!(!record.push(b"\n"));
        assert!(record.push(b"c\",\r\n"));
        assert_eq!(cells(&record), ["a", "b \"\r\n\nc", ""]);

        assert!(record.push(b"5\" pipe,x\n"));
        assert_eq!(
            cells(&record),
            ["5\" pipe", "x"],
            "a quote in the middle opens nothing"
        );
    }

    #[test]
    fn a_record_may_be_of_any_size() {
        let mut record = CsvRecord::new(b';');
        let (many, long) = (";".repeat(1000), "x".repeat(10_000));
        assert!(record.push(format!("{many}{long}\n").as_bytes()));
        assert_eq!(record.cells().len(), 1001);
        assert_eq!(cells(&record)[1000], long);
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = ["a,b", "say \"x\"", "two\nlines", ""].map(str::to_owned);
        assert_eq!(
            String::from_utf8(row(&cells)).expect("UTF-8"),
            "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\n"
        );
    }
}
