use crate::yaml::reader::read;

const AROUND: &str = "openapi: 3.0.3
info:
  title: Notes
  description: |
    Several lines
    of text.
paths:
  /notes:
    get:
      operationId: list_notes
      parameters:
        - name: tag
          in: query
        - name: sort
          in: query
          schema: {type: string}
      responses:
        '200':
          description: All notes.
          content:
            application/json:
              schema:
                type: array
                items:
                  type: string
                  enum: [a, b]
components:
  schemas:
    Note:
      type: object
      required:
        - id
        - text
      properties:
        id:
          type: string
          description: Which it is.
        text:
          type: string
          pattern: '^a'
    Other:
      description: 'Another one.'
      type: string
";

/// Slips: what is written instead of what, with `«»` around what is told, and the message.
const SLIPS: &[(&str, &str, &str)] = &[
    (
        "      type: object\n",
        "      type: object\n      example: {\n        a: 1\n    «}»\n",
        "this `}` is indented less than the key whose value it closes",
    ),
    (
        "title: Notes",
        "«title:»Notes",
        "a space is missing behind this `:`",
    ),
    (
        "description: Which it is.",
        "«description:»Which it is.",
        "a space is missing behind this `:`",
    ),
    (
        "type: object",
        "«type:»object",
        "a space is missing behind this `:`",
    ),
    (
        "in: query\n        - name: sort",
        "«in:»query\n        - name: sort",
        "a space is missing behind this `:`",
    ),
    (
        "- name: sort",
        "«-»name: sort",
        "a space is missing behind this `-`",
    ),
    ("- text", "«-»text", "a space is missing behind this `-`"),
    (
        "- name: sort",
        "«name»: sort",
        "this stands among the elements of a list, and is none",
    ),
    (
        "- name: tag",
        "«-»name: tag",
        "a space is missing behind this `-`",
    ),
    ("        id:\n", "«\t»id:\n", "a tab stands here"),
    (
        "          in: query\n        - name: sort",
        "        «\t»in: query\n        - name: sort",
        "a tab stands here",
    ),
    (
        "title: Notes",
        "title: «@»notes",
        "no text without quotes can begin with `@`",
    ),
    (
        "title: Notes",
        "title: «`»notes`",
        "no text without quotes can begin with a backtick",
    ),
    (
        "title: Notes",
        "title: «%»d notes",
        "no text without quotes can begin with `%`",
    ),
    (
        "title: Notes",
        "title: «*»Notes* are good",
        "no text without quotes can begin with `*`",
    ),
    (
        "title: Notes",
        "title: «*»notes",
        "no text without quotes can begin with `*`",
    ),
    (
        "title: Notes",
        "title: «[»beta] Notes",
        "`[` begins a list to YAML, and what follows is none",
    ),
    (
        "title: Notes",
        "title: «{»id} of a note",
        "`{` begins a mapping to YAML, and what follows is none",
    ),
    (
        "title: Notes",
        "title: Notes«:» and more",
        "a `: ` stands in a text without quotes",
    ),
    (
        "title: Notes",
        "title: \"Notes\"« and more»",
        "the text ends at its closing quote, and more follows",
    ),
    (
        "description: Which it is.",
        "description: 'The note«'»s name.'",
        "the text ends at this `'`, and more follows",
    ),
    (
        "description: 'Another one.'",
        "description: 'Don«'»t.'",
        "the text ends at this `'`, and more follows",
    ),
    (
        "description: Which it is.",
        "description: \"The «\"»note\" it is.\"",
        "the text ends at this `\"`, and more follows",
    ),
    (
        "description: Which it is.",
        "description: «\"Which it is.»",
        "the quote that opens here is not closed",
    ),
    (
        "description: Which it is.",
        "description: «'Which it is.»",
        "the quote that opens here is not closed",
    ),
    (
        "description: 'Another one.'",
        "description: «'Another one.»",
        "the quote that opens here is not closed",
    ),
    (
        "enum: [a, b]",
        "enum: [«\"a, b]»",
        "the quote that opens here is not closed",
    ),
    (
        "pattern: '^a'",
        "pattern: \"^«\\d»+$\"",
        "`\\d` means nothing in double quotes",
    ),
    (
        "enum: [a, b]",
        "enum: «[a, b»",
        "the `[` that opens here is not closed",
    ),
    ("enum: [a, b]", "enum: [a, b]«]»", "this `]` closes nothing"),
    (
        "schema: {type: string}",
        "schema: «{type: string»",
        "the `{` that opens here is not closed",
    ),
    ("type: object", "«type» object", "no `:` follows `type`"),
    ("type: object", "«type» = object", "no `:` follows `type`"),
    (
        "      properties:\n",
        "      «properties»\n",
        "no `:` follows `properties`",
    ),
    (
        "        - id\n        - text",
        "        - id\n       «- text»",
        "this line is indented",
    ),
    (
        "      required:\n        - id\n",
        "      required: «-» id\n",
        "a list starts on the line of its key",
    ),
    (
        "          type: string\n          pattern",
        "         type: string\n          «pattern»",
        "this line is read as more of the text above",
    ),
    (
        "      type: object\n",
        "      type: object\n        «nullable»: true\n",
        "this line is read as more of the text above",
    ),
    (
        "      type: object\n",
        "      «// A note.»\n      type: object\n",
        "this is no comment to YAML",
    ),
    (
        "title: Notes",
        "title«：»Notes",
        "this is not the `:` that YAML knows",
    ),
    (
        "info:\n",
        "«<<<<<<< HEAD»\ninfo:\n",
        "a merge conflict stands here",
    ),
];

#[test]
fn tells_each_slip_at_its_line_in_words_for_people() {
    let mut wrong = Vec::new();
    for (instead_of, written, message) in SLIPS {
        assert!(AROUND.contains(instead_of), "{instead_of}");
        let text = AROUND.replacen(instead_of, written, 1);
        let (start, end) = (text.find('«'), text.find('»'));
        let plain = text.replace(['«', '»'], "");
        let shown = start
            .zip(end)
            .map(|(start, end)| start..end - '«'.len_utf8());
        let told = match read(&plain) {
            Ok(_) => "nothing".to_string(),
            Err(error) => {
                let end = error.end.unwrap_or(error.at);
                match error.message.contains(message) && shown == Some(error.at..end) {
                    true => continue,
                    false => format!(
                        "{} at `{}` ({:?} {shown:?})",
                        error.message,
                        &plain[error.at..end],
                        error.at..end
                    ),
                }
            }
        };
        wrong.push(format!("{written:?}: {told}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
