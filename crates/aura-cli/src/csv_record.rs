//! Records of CSV: the cells of one that has been read, and one to write.

use csv::{ByteRecord, ReaderBuilder, WriterBuilder};

/// The cells of a whole record.
pub fn cells(record: &[u8], delimiter: u8) -> ByteRecord {
    let mut cells = ByteRecord::new();
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).delimiter(delimiter);
    let read = builder.from_reader(record).read_byte_record(&mut cells);
    // All of a slice can be read.
    debug_assert!(read.is_ok());
    cells
}

/// A whole line.
pub fn row(cells: &[String]) -> Vec<u8> {
    let mut line = Vec::new();
    let mut writer = WriterBuilder::new().from_writer(&mut line);
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

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let texts = ["a,b", "say \"x\"", "two\nlines", ""].map(str::to_owned);
        let line = row(&texts);
        let quoted = "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\n";
        assert_eq!(String::from_utf8_lossy(&line), quoted);
        assert_eq!(cells(&line, b','), texts.to_vec());
    }
}
