//! The values that are made up where a contract has no example of an answer.

use openapi_document::Pointer;

use crate::bounds::{MAX_SAMPLES_TEXT, MAX_SAMPLES_VALUES};
use crate::operation::Operation;
use crate::schema::sample::extent;

/// Makes the values that the answers of operations have no example of, and holds them to their
/// bounds.
///
/// # Errors
///
/// Which bound they would exceed, and where, as a JSON pointer.
pub(crate) fn check(operations: &[Operation]) -> Result<(), String> {
    let (mut values, mut text) = (0, 0);
    let answers = operations.iter().flat_map(|operation| {
        operation
            .answers
            .iter()
            .map(move |answer| (operation, answer))
    });
    for (operation, answer) in answers {
        let headers = answer.headers.iter();
        let headers = headers.filter(|header| header.example.is_none());
        let headers = headers.map(|header| (&header.schema, "headers", &header.name));
        let contents = answer.contents.iter();
        let contents = contents.filter(|content| content.example.is_none());
        let contents = contents.map(|content| (&content.schema, "content", &content.media_type));
        for (schema, kind, name) in headers.chain(contents) {
            let bound = match schema.made() {
                Err(bound) => format!("a value that fits takes more than {bound}"),
                Ok(made) => {
                    let (more, bytes) = made.as_ref().map_or((1, 0), extent);
                    (values, text) = (values + more, text + bytes);
                    if values <= MAX_SAMPLES_VALUES && text <= MAX_SAMPLES_TEXT {
                        continue;
                    }
                    format!("all made-up answers take more than {MAX_SAMPLES_VALUES} values")
                }
            };
            let (method, status) = (operation.method.as_str(), answer.status.to_string());
            let method = method.to_ascii_lowercase();
            let at = Pointer::of(["paths", &operation.path, &method, "responses", &status]);
            let schema = at.child(kind).child(name).child("schema");
            return Err(format!("{bound} at #{schema}"));
        }
    }
    Ok(())
}
