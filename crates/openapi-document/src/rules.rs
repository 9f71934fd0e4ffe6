//! What is told of a text before it is read as OpenAPI.

use crate::diagnostic::Severity::Error;
use crate::rule::{Example, Rule};

/// Another encoding.
pub static ENCODING: Rule = Rule {
    code: "yaml::encoding",
    severity: Error,
    summary: "the file is not UTF-8",
    docs: "The contract is read as UTF-8, as YAML and JSON are exchanged. An editor that saves \
           another encoding changes characters beyond ASCII without a word.",
    example: None,
};

/// What is no YAML.
pub static SYNTAX: Rule = Rule {
    code: "yaml::syntax",
    severity: Error,
    summary: "the file is not one YAML or JSON document",
    docs: "Nothing else can be told before this is mended. What starts with an object whose keys are \
           in double quotes is read as JSON, everything else as YAML. Slips that are often made are \
           told where they are: a quote or bracket that is not closed, a tab, a space that is missing \
           behind `:` or `-`, a `: ` in a text without quotes, lines that are not indented alike. Of \
           others the place is where the parser noticed; the cause can stand in the line above.",
    example: Some(Example {
        instead_of: "  title: Notes API\n",
        wrong: "  title: Notes: API\n",
        right: "  title: 'Notes: API'\n",
    }),
};

/// A control character.
pub static CHARACTER: Rule = Rule {
    code: "yaml::character",
    severity: Error,
    summary: "a control character stands in the text",
    docs: "YAML takes no control characters, and editors show most of them as nothing. They come \
           from copying out of PDFs and terminals.",
    example: Some(Example {
        instead_of: "  title: Notes API\n",
        wrong: "  title: Notes«\u{7}» API\n",
        right: "  title: \"Notes\\u0007 API\"\n",
    }),
};

/// A tag.
pub static TAG: Rule = Rule {
    code: "yaml::tag",
    severity: Error,
    summary: "a YAML tag has no meaning here",
    docs: "A word after `!` is a tag, an instruction to the program that reads the file. An OpenAPI \
           document has none: it must mean the same as JSON.",
    example: Some(Example {
        instead_of: "  title: Notes API\n",
        wrong: "  title: «!env TITLE»\n",
        right: "  title: '!env TITLE'\n",
    }),
};

/// A number that JSON doesn't have.
pub static NUMBER: Rule = Rule {
    code: "yaml::number",
    severity: Error,
    summary: "a number of YAML that JSON does not have",
    docs: "`.inf` and `.nan` are numbers to YAML. JSON has neither, so neither can stand in an \
           OpenAPI document.",
    example: Some(Example {
        instead_of: "          type: integer\n",
        wrong: "          type: integer\n          maximum: «.inf»\n",
        right: "          type: integer\n          maximum: 1000000\n",
    }),
};

/// A key that stands twice.
pub static DUPLICATE_KEY: Rule = Rule {
    code: "yaml::duplicate-key",
    severity: Error,
    summary: "a key stands twice in one object",
    docs: "Most readers silently take the later of the two and lose the earlier. It comes of \
           copying a block and of merging two branches.",
    example: Some(Example {
        instead_of: "          type: integer\n",
        wrong: "          type: integer\n          «type»: string\n",
        right: "          type: integer\n",
    }),
};

/// A key that is no text.
pub static KEY: Rule = Rule {
    code: "yaml::key",
    severity: Error,
    summary: "a key is not the text that it looks like",
    docs: "YAML reads a key without quotes as it reads a value: `1.10` becomes the number 1.1, `~` \
           becomes null. Quote such a key. Status codes such as `200` are what they look like, with \
           and without quotes.",
    example: Some(Example {
        instead_of: "        likes:\n",
        wrong: "        «1.10»:\n",
        right: "        '1.10':\n",
    }),
};

/// A merge of what is no object.
pub static MERGE: Rule = Rule {
    code: "yaml::merge",
    severity: Error,
    summary: "`<<` merges something that is no object",
    docs: "`<<: *name` takes over the keys of the object that `&name` stands at. It can take them \
           from an object, or from a list of objects, and from nothing else.",
    example: Some(Example {
        instead_of: "          type: integer\n",
        wrong: "          «<<»: integer\n",
        right: "          <<: {type: integer}\n",
    }),
};

/// Aliases that multiply.
pub static ALIAS: Rule = Rule {
    code: "yaml::alias",
    severity: Error,
    summary: "aliases of aliases make a document out of all proportion",
    docs: "An alias stands for all that its anchor holds. Aliases of what holds aliases multiply, \
           until a text of one screen fills the memory.",
    example: None,
};
