//! The kinds of change: a stable code each, how bad it is, what it means, what to do instead.

use serde::Serialize;

/// How much a change matters to those who depend on the contract; the worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Nothing that anyone could notice.
    None,
    /// Only what people read.
    Docs,
    /// Something new; what worked goes on working.
    Additive,
    /// Something that worked can stop working, or stop compiling.
    Breaking,
}

impl Class {
    /// The classes that a change can have, the worst first.
    pub const TOLD: [Class; 3] = [Class::Breaking, Class::Additive, Class::Docs];

    /// The class as it is written in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Class::None => "none",
            Class::Docs => "docs",
            Class::Additive => "additive",
            Class::Breaking => "breaking",
        }
    }
}

/// A kind of change.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: &'static str,
    /// How bad it is, as far as this view knows.
    pub class: Class,
    /// What it means on the wire; empty if it means nothing there.
    pub effect: &'static str,
    /// A compatible way to what the change is after; empty if there is none to name.
    pub instead: &'static str,
}

/// A kind of change that means one thing in what is sent and another in what is answered.
#[derive(Debug)]
pub struct Both {
    /// In a request.
    pub request: &'static Rule,
    /// In an answer.
    pub response: &'static Rule,
}

macro_rules! rules {
    ($($name:ident: $code:literal, $class:ident, $effect:literal, $instead:literal;)*) => {
        $(pub(super) static $name: Rule = Rule {
            code: $code,
            class: Class::$class,
            effect: $effect,
            instead: $instead,
        };)*
        /// Every kind of change, in the order of the documentation.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

macro_rules! both {
    ($($name:ident: $request:ident, $response:ident;)*) => {
        $(pub(super) static $name: Both = Both { request: &$request, response: &$response };)*
    };
}

rules! {
    // Operations
    OPERATION_REMOVED: "operation-removed", Breaking,
        "Callers get an error where they got an answer.",
        "mark it `deprecated: true`, and remove it when nobody calls it any more";
    OPERATION_MOVED: "operation-moved", Breaking,
        "Callers of the old path or method get an error.",
        "describe the new one beside the old one, and mark the old one `deprecated: true`";
    OPERATION_ADDED: "operation-added", Additive,
        "There is more to call.", "";
    OPERATION_ID_CHANGED: "operation-id-changed", Docs,
        "", "for Rust, where the method is named after it: keep the operationId; `summary` is for people";
    PATH_PARAMETER_RENAMED: "path-parameter-renamed", Docs,
        "", "";

    // Parameters
    PARAMETER_REMOVED: "request-parameter-removed", Breaking,
        "What callers send there is refused or no longer heeded.",
        "mark it `deprecated: true`, and go on heeding it";
    PARAMETER_RENAMED: "request-parameter-renamed", Breaking,
        "What callers send under the old name is refused or no longer heeded.",
        "take both names for a while, the old one `deprecated: true`";
    PARAMETER_MOVED: "request-parameter-moved", Breaking,
        "What callers send in the old place is refused or no longer heeded.",
        "take it in both places for a while";
    PARAMETER_REQUIRED: "request-parameter-required", Breaking,
        "Calls without it are refused.",
        "leave it optional, and say what holds without it";
    REQUIRED_PARAMETER_ADDED: "request-required-parameter-added", Breaking,
        "Every call that is made today is refused.",
        "add it as optional, and say what holds without it";
    PARAMETER_OPTIONAL: "request-parameter-optional", Additive,
        "Calls without it are taken too.",
        "for Rust, where an optional parameter moves from the arguments to the operation's Params: leave it required";
    PARAMETER_ADDED: "request-parameter-added", Additive,
        "Callers can say more; who doesn't is served as before.", "";
    PARAMETER_STYLE: "request-parameter-style-changed", Breaking,
        "Values are written another way into the request.",
        "add a parameter of another name for the new way";
    ARGUMENT_ORDER: "argument-order-changed", Breaking,
        "", "put the required parameters back in the order they had: in Rust they are told by position";

    // Callbacks and webhooks
    CALLBACK_ADDED: "callback-added", Additive,
        "The service offers one more call to those who ask for it.", "";
    CALLBACK_REMOVED: "callback-removed", Breaking,
        "Receivers wait for the call in vain.",
        "mark it `deprecated: true`, and go on making the call";
    CALLBACK_PARAMETER_ADDED: "callback-parameter-added", Additive,
        "The service's call says more.", "";
    CALLBACK_PARAMETER_REMOVED: "callback-parameter-removed", Breaking,
        "Receivers no longer find it.", "go on sending it";
    CALLBACK_PARAMETER_REQUIRED: "callback-parameter-required", Additive,
        "Receivers can count on it.", "";
    CALLBACK_PARAMETER_OPTIONAL: "callback-parameter-optional", Breaking,
        "Receivers that count on it may not find it.", "go on sending it always";
    CALLBACK_BODY_ADDED: "callback-body-added", Additive,
        "The service's call says more.", "";
    CALLBACK_BODY_REMOVED: "callback-body-removed", Breaking,
        "Receivers no longer get a body.", "go on sending it";
    CALLBACK_BODY_REQUIRED: "callback-body-required", Additive,
        "Receivers can count on a body.", "";
    CALLBACK_BODY_OPTIONAL: "callback-body-optional", Breaking,
        "Receivers that count on a body may not get one.", "go on sending it always";
    CALLBACK_HEADER_REQUIRED: "callback-response-header-required", Breaking,
        "Receivers that don't send the header are refused.", "leave it optional";
    CALLBACK_HEADER_OPTIONAL: "callback-response-header-optional", Additive,
        "Receivers need no longer send the header.", "";
    CALLBACK_HEADER_REMOVED: "callback-response-header-removed", Additive,
        "Receivers need no longer send the header.", "";
    CALLBACK_HEADER_ADDED: "callback-response-header-added", Additive,
        "Receivers can say more.", "";

    // Bodies that are sent
    BODY_ADDED: "request-body-added", Additive,
        "Callers can send a body; who doesn't is served as before.", "";
    REQUIRED_BODY_ADDED: "request-required-body-added", Breaking,
        "Calls without a body are refused.",
        "leave it optional";
    BODY_REMOVED: "request-body-removed", Breaking,
        "What callers send is refused or no longer heeded.", "";
    BODY_REQUIRED: "request-body-required", Breaking,
        "Calls without a body are refused.",
        "leave it optional";
    BODY_OPTIONAL: "request-body-optional", Additive,
        "Calls without a body are taken too.",
        "for Rust, where an optional body moves from the arguments to the operation's Params: leave it required";
    REQUEST_MEDIA_REMOVED: "request-media-type-removed", Breaking,
        "Bodies of this kind are refused.", "take both kinds";
    REQUEST_MEDIA_ADDED: "request-media-type-added", Additive,
        "Bodies of one more kind are taken.", "";

    ENCODING: "body-encoding-changed", Breaking,
        "Parts of the body are written another way.", "leave the encoding";
    XML: "xml-changed", Breaking,
        "Elements or attributes of the XML go by other names, or stand in another place.",
        "leave `xml` as it is";

    // Answers
    STATUS_REMOVED: "response-status-removed", Breaking,
        "Who handles this status waits for it in vain, or gets one that nothing describes.",
        "keep it for as long as the service can answer it";
    SUCCESS_STATUS: "response-success-status-changed", Breaking,
        "Who looks for the old status takes a success for a failure.",
        "keep the status";
    STATUS_ADDED: "response-status-added", Additive,
        "One more answer is described.", "";
    ENVELOPE_REMOVED: "response-envelope-removed", Breaking,
        "Readers look for `data` and find its fields at the top.",
        "keep the envelope; new fields can stand beside `data`";
    ENVELOPE_ADDED: "response-envelope-added", Breaking,
        "Readers look for the fields at the top and find them in `data`.",
        "leave the answer as it is";
    RESPONSE_MEDIA_REMOVED: "response-media-type-removed", Breaking,
        "Readers of this kind of body get none.", "offer both kinds";
    RESPONSE_MEDIA_ADDED: "response-media-type-added", Additive,
        "Answers can be had in one more kind.", "";
    HEADER_REMOVED: "response-header-removed", Breaking,
        "Who relies on the header no longer finds it.",
        "go on sending it, and describe it";
    HEADER_OPTIONAL: "response-header-optional", Breaking,
        "Who relies on the header may not find it.", "";
    HEADER_ADDED: "response-header-added", Additive,
        "Answers say more.", "";
    HEADER_REQUIRED: "response-header-required", Additive,
        "The header is always there.", "";

    // Properties
    REQUEST_PROPERTY_REMOVED: "request-property-removed", Breaking,
        "What callers send there is refused or no longer heeded.",
        "mark it `deprecated: true`, and go on heeding it";
    RESPONSE_PROPERTY_REMOVED: "response-property-removed", Breaking,
        "Readers no longer find it.",
        "mark it `deprecated: true`, and go on sending it";
    REQUEST_PROPERTY_RENAMED: "request-property-renamed", Breaking,
        "What callers send under the old name is refused or no longer heeded.",
        "take both names for a while, the old one `deprecated: true`";
    RESPONSE_PROPERTY_RENAMED: "response-property-renamed", Breaking,
        "Readers no longer find it under the old name.",
        "send both names for a while, the old one `deprecated: true`";
    REQUEST_PROPERTY_REQUIRED: "request-property-required", Breaking,
        "Bodies without it are refused.",
        "leave it optional, and say what holds without it";
    RESPONSE_PROPERTY_REQUIRED: "response-property-required", Additive,
        "Readers can count on it.",
        "for Rust, where it is no `Option` any more: leave it optional, and promise it in its description";
    REQUEST_PROPERTY_OPTIONAL: "request-property-optional", Additive,
        "Bodies without it are taken too.",
        "for Rust, where `new` no longer takes it: leave it required";
    RESPONSE_PROPERTY_OPTIONAL: "response-property-optional", Breaking,
        "Readers that count on it may not find it.",
        "go on sending it always";
    REQUEST_REQUIRED_PROPERTY_ADDED: "request-required-property-added", Breaking,
        "Every body that is sent today is refused.",
        "add it as optional, and say what holds without it";
    REQUEST_PROPERTY_ADDED: "request-property-added", Additive,
        "Callers can say more; who doesn't is served as before.", "";
    RESPONSE_PROPERTY_ADDED: "response-property-added", Additive,
        "Answers say more; readers that don't know it pass over it.",
        "";
    RESPONSE_PROPERTY_ADDED_TO_CLOSED: "response-property-added-to-closed-object", Breaking,
        "The object was closed: readers that refuse what they don't know refuse the answer.",
        "open the object first (`additionalProperties: true`), and add when readers have followed";

    // Values
    REQUEST_TYPE: "request-type-changed", Breaking,
        "Values that callers send are refused.",
        "add a new property or parameter for the new type, and mark this one `deprecated: true`";
    RESPONSE_TYPE: "response-type-changed", Breaking,
        "Readers get another kind of value than they can read.",
        "add a new property of the new type beside it, and mark this one `deprecated: true`";
    REQUEST_TYPE_WIDENED: "request-type-widened", Additive,
        "More values are taken.", "";
    RESPONSE_TYPE_NARROWED: "response-type-narrowed", Additive,
        "Fewer values come; readers of the old ones can read them.",
        "for Rust, where the type changes: leave the type, and say the rest in the description";
    REQUEST_FORMAT: "request-format-changed", Breaking,
        "Values that callers send are refused.", "leave the format, and say what is expected in the description";
    RESPONSE_FORMAT: "response-format-changed", Breaking,
        "Readers that go by the format can't read the value.",
        "add a new property of the new format beside it";
    REQUEST_FORMAT_WIDENED: "request-format-widened", Additive,
        "More values are taken.",
        "for Rust, where the type may change with the format: leave the format";
    RESPONSE_FORMAT_NARROWED: "response-format-narrowed", Additive,
        "Readers can count on the format.",
        "for Rust, where the type may change with the format: say the form in the description";
    FORMAT_SAID: "format-clarified", Docs,
        "", "";
    REQUEST_ENUM_PUT: "request-enum-added", Breaking,
        "Values outside the list are refused.", "name the values in the description";
    RESPONSE_ENUM_PUT: "response-enum-added", Additive,
        "Only listed values come.",
        "for Rust, where a string becomes an enum: name the values in the description, so that one added later breaks nobody";
    REQUEST_ENUM_TAKEN: "request-enum-removed", Additive,
        "More values are taken.",
        "for Rust, where an enum becomes a string: leave the list, and extend it";
    RESPONSE_ENUM_TAKEN: "response-enum-removed", Breaking,
        "Values come that readers don't know.", "";
    REQUEST_VALUE_ADDED: "request-enum-value-added", Additive,
        "One more value is taken.", "";
    RESPONSE_VALUE_ADDED: "response-enum-value-added", Breaking,
        "A value comes that readers of the closed list don't know and may refuse.",
        "describe values that may grow as an open string, without `enum`";
    REQUEST_VALUE_REMOVED: "request-enum-value-removed", Breaking,
        "Who sends it is refused.", "go on taking it, and say in the description that it is deprecated";
    RESPONSE_VALUE_REMOVED: "response-enum-value-removed", Additive,
        "It no longer comes.",
        "for Rust, where programs name it: leave it in the list";
    REQUEST_NULL_ADDED: "request-null-added", Additive,
        "Null is taken too.", "";
    RESPONSE_NULL_ADDED: "response-null-added", Breaking,
        "Readers may get null where they got a value.",
        "leave the property out instead, if it is optional";
    REQUEST_NULL_REMOVED: "request-null-removed", Breaking,
        "Who sends null is refused.", "go on taking null";
    RESPONSE_NULL_REMOVED: "response-null-removed", Additive,
        "Readers can count on a value.", "";
    REQUEST_CLOSED: "request-object-closed", Breaking,
        "Bodies with fields that the contract doesn't name are refused.",
        "leave the object open";
    RESPONSE_CLOSED: "response-object-closed", Breaking,
        "Fields that the contract doesn't name no longer come.",
        "leave the object open (`additionalProperties: true`)";
    REQUEST_OPENED: "request-object-opened", Additive,
        "Bodies with more fields are taken.", "";
    RESPONSE_OPENED: "response-object-opened", Breaking,
        "Fields come that the contract doesn't name: readers of the closed object refuse them.",
        "";
    REQUEST_TIGHTENED: "request-limit-tightened", Breaking,
        "Values that were within the limit are refused.", "leave the limit";
    RESPONSE_TIGHTENED: "response-limit-tightened", Additive,
        "Fewer values come.", "";
    REQUEST_LOOSENED: "request-limit-loosened", Additive,
        "More values are taken.", "";
    RESPONSE_LOOSENED: "response-limit-loosened", Breaking,
        "Values come that are outside what readers were promised.", "";
    DEFAULT_CHANGED: "request-default-changed", Breaking,
        "Who leaves it out is served in another way than before.", "leave the default";
    DEFAULT_SAID: "default-described", Docs,
        "", "";
    REQUEST_CHOICE_ADDED: "request-choice-added", Additive,
        "One more kind of value is taken.", "";
    RESPONSE_CHOICE_ADDED: "response-choice-added", Breaking,
        "A kind of value comes that readers don't know.", "";
    REQUEST_CHOICE_REMOVED: "request-choice-removed", Breaking,
        "A kind of value is refused.", "go on taking it";
    RESPONSE_CHOICE_REMOVED: "response-choice-removed", Additive,
        "A kind of value no longer comes.", "";
    DISCRIMINATOR: "discriminator-clarified", Docs,
        "", "";
    DISCRIMINATOR_CHANGED: "discriminator-changed", Breaking,
        "Another property, or another value of it, says which alternative is meant.",
        "keep the property and its values; add a value for a new alternative";
    READ_ONLY: "request-property-read-only", Breaking,
        "It can't be sent any more.", "go on taking it";
    WRITE_ONLY: "response-property-write-only", Breaking,
        "Readers no longer find it.", "go on sending it";
    NOT_ONLY: "read-write-allowed", Additive,
        "It can be sent, or comes back, where it did not.", "";

    // The service as a whole
    SERVER_REMOVED: "server-removed", Breaking,
        "Who calls the old address may get no answer.",
        "keep the old address running and listed beside the new one";
    SERVER_CHANGED: "server-changed", Breaking,
        "Who calls the old address may get no answer.",
        "keep the old address running and listed beside the new one";
    SERVER_ADDED: "server-added", Additive,
        "The service can be had at one more address.", "";
    SECURITY_CHANGED: "security-changed", Breaking,
        "Calls with what was enough are refused.",
        "take the old way too for a while, as an alternative in the list";
    SECURITY_LOOSENED: "security-loosened", Additive,
        "One more way to identify oneself is taken, or none is needed.", "";
    SCOPE_ADDED: "security-scope-added", Additive,
        "Callers can ask for one more scope.", "";
    SCOPE_REMOVED: "security-scope-removed", Breaking,
        "Callers that ask for the scope are refused.", "go on granting it";
    SCHEME_CHANGED: "security-scheme-changed", Breaking,
        "Callers identify themselves in a way that is no longer understood.",
        "describe the new scheme under a name of its own, and take either";

    // Personal data
    SENSITIVE_REMOVED: "sensitive-mark-removed", Breaking,
        "", "keep `x-sensitive: true` on what can say who somebody is";
    SENSITIVE_ADDED: "sensitive-mark-added", Additive,
        "", "";

    // Rust alone
    COMPONENT_RENAMED: "component-renamed", Breaking,
        "", "keep the component's name: it is the type's name in Rust";
    REQUIRED_ORDER: "required-order-changed", Breaking,
        "", "put the `required` list back in the order it had: `new` takes its arguments in it";
    NOT_FOUND: "not-found-code-changed", Breaking,
        "", "keep `x-not-found` as it is: programs go by what it calls \"not found\"";
    IDENTIFIES: "identified-property-changed", Breaking,
        "", "keep `x-identifies` as it is: it decides which responses are errors";
    RUST_BREAKING: "rust-api-changed", Breaking,
        "", "";
    RUST_ADDITIVE: "rust-api-added", Additive,
        "", "";

    // What people read
    DESCRIPTION: "description-changed", Docs, "", "";
    EXAMPLE: "example-changed", Docs, "", "";
    TAGS: "tags-changed", Docs, "", "";
    LINK: "link-changed", Docs, "", "";
    DEPRECATED: "deprecated-changed", Docs, "", "";
    INFO: "info-changed", Docs, "", "";
    VERSION: "version-changed", Docs, "", "";
    EXTENSION: "extension-changed", Docs, "", "";
    UNUSED: "unused-component-changed", Docs, "", "";

    // The rest
    UNCLASSIFIED: "unclassified", Breaking,
        "Nothing here knows what this means; take it for breaking until somebody has looked.", "";
}

both! {
    PROPERTY_REMOVED: REQUEST_PROPERTY_REMOVED, RESPONSE_PROPERTY_REMOVED;
    PROPERTY_RENAMED: REQUEST_PROPERTY_RENAMED, RESPONSE_PROPERTY_RENAMED;
    PROPERTY_REQUIRED: REQUEST_PROPERTY_REQUIRED, RESPONSE_PROPERTY_REQUIRED;
    PROPERTY_OPTIONAL: REQUEST_PROPERTY_OPTIONAL, RESPONSE_PROPERTY_OPTIONAL;
    PROPERTY_ADDED: REQUEST_PROPERTY_ADDED, RESPONSE_PROPERTY_ADDED;
    REQUIRED_PROPERTY_ADDED: REQUEST_REQUIRED_PROPERTY_ADDED, RESPONSE_PROPERTY_ADDED;
    CLOSED: REQUEST_CLOSED, RESPONSE_CLOSED;
    OPENED: REQUEST_OPENED, RESPONSE_OPENED;
    DEFAULT: DEFAULT_CHANGED, DEFAULT_SAID;
    MEDIA_ADDED: REQUEST_MEDIA_ADDED, RESPONSE_MEDIA_ADDED;
    MEDIA_REMOVED: REQUEST_MEDIA_REMOVED, RESPONSE_MEDIA_REMOVED;
    REMOVED_PARAMETER: PARAMETER_REMOVED, CALLBACK_PARAMETER_REMOVED;
    NEW_PARAMETER: PARAMETER_ADDED, CALLBACK_PARAMETER_ADDED;
    NEW_REQUIRED_PARAMETER: REQUIRED_PARAMETER_ADDED, CALLBACK_PARAMETER_ADDED;
    REQUIRED_PARAMETER: PARAMETER_REQUIRED, CALLBACK_PARAMETER_REQUIRED;
    OPTIONAL_PARAMETER: PARAMETER_OPTIONAL, CALLBACK_PARAMETER_OPTIONAL;
    NEW_BODY: BODY_ADDED, CALLBACK_BODY_ADDED;
    NEW_REQUIRED_BODY: REQUIRED_BODY_ADDED, CALLBACK_BODY_ADDED;
    REMOVED_BODY: BODY_REMOVED, CALLBACK_BODY_REMOVED;
    REQUIRED_BODY: BODY_REQUIRED, CALLBACK_BODY_REQUIRED;
    OPTIONAL_BODY: BODY_OPTIONAL, CALLBACK_BODY_OPTIONAL;
    REMOVED_HEADER: CALLBACK_HEADER_REMOVED, HEADER_REMOVED;
    NEW_HEADER: CALLBACK_HEADER_ADDED, HEADER_ADDED;
    REQUIRED_HEADER: CALLBACK_HEADER_REQUIRED, HEADER_REQUIRED;
    OPTIONAL_HEADER: CALLBACK_HEADER_OPTIONAL, HEADER_OPTIONAL;
}

/// How the set of values that a schema allows has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// Some values are no longer allowed.
    Narrowed,
    /// More values are allowed.
    Widened,
    /// Some values are no longer allowed, and others are.
    Changed,
}

impl Shift {
    /// The shift of a limit that is there or not.
    pub fn of_presence(was: bool, is: bool) -> Option<Shift> {
        match (was, is) {
            (false, true) => Some(Shift::Narrowed),
            (true, false) => Some(Shift::Widened),
            _ => None,
        }
    }
}

/// What a keyword means to the set of values: a set that shrinks breaks those who send, one that
/// grows breaks those who read, and one that does both breaks both.
#[derive(Debug)]
pub(super) struct Effects {
    pub narrowed: Both,
    pub widened: Both,
    pub changed: Both,
}

impl Effects {
    /// The rules of one shift.
    pub fn of(&self, shift: Shift) -> &Both {
        match shift {
            Shift::Narrowed => &self.narrowed,
            Shift::Widened => &self.widened,
            Shift::Changed => &self.changed,
        }
    }
}

const fn both(request: &'static Rule, response: &'static Rule) -> Both {
    Both { request, response }
}

/// `type`, and whatever says which kind of value it is.
pub(super) static TYPE: Effects = Effects {
    narrowed: both(&REQUEST_TYPE, &RESPONSE_TYPE_NARROWED),
    widened: both(&REQUEST_TYPE_WIDENED, &RESPONSE_TYPE),
    changed: both(&REQUEST_TYPE, &RESPONSE_TYPE),
};

/// `type: null` and `nullable`.
pub(super) static NULL: Effects = Effects {
    narrowed: both(&REQUEST_NULL_REMOVED, &RESPONSE_NULL_REMOVED),
    widened: both(&REQUEST_NULL_ADDED, &RESPONSE_NULL_ADDED),
    changed: both(&REQUEST_NULL_REMOVED, &RESPONSE_NULL_ADDED),
};

/// `format`: whoever reads by a format can't read what is of another.
pub(super) static FORMAT: Effects = Effects {
    narrowed: both(&REQUEST_FORMAT, &RESPONSE_FORMAT_NARROWED),
    widened: both(&REQUEST_FORMAT_WIDENED, &RESPONSE_FORMAT),
    changed: both(&REQUEST_FORMAT, &RESPONSE_FORMAT),
};

/// `enum` and `const`, put on or taken off.
pub(super) static LIST: Effects = Effects {
    narrowed: both(&REQUEST_ENUM_PUT, &RESPONSE_ENUM_PUT),
    widened: both(&REQUEST_ENUM_TAKEN, &RESPONSE_ENUM_TAKEN),
    changed: both(&REQUEST_ENUM_PUT, &RESPONSE_ENUM_TAKEN),
};

/// The values in an `enum`.
pub(super) static VALUE: Effects = Effects {
    narrowed: both(&REQUEST_VALUE_REMOVED, &RESPONSE_VALUE_REMOVED),
    widened: both(&REQUEST_VALUE_ADDED, &RESPONSE_VALUE_ADDED),
    changed: both(&REQUEST_VALUE_REMOVED, &RESPONSE_VALUE_ADDED),
};

/// `minimum`, `maxLength`, `pattern` and their like.
pub(super) static LIMIT: Effects = Effects {
    narrowed: both(&REQUEST_TIGHTENED, &RESPONSE_TIGHTENED),
    widened: both(&REQUEST_LOOSENED, &RESPONSE_LOOSENED),
    changed: both(&REQUEST_TIGHTENED, &RESPONSE_LOOSENED),
};

/// The alternatives of `oneOf` and `anyOf`.
pub(super) static CHOICE: Effects = Effects {
    narrowed: both(&REQUEST_CHOICE_REMOVED, &RESPONSE_CHOICE_REMOVED),
    widened: both(&REQUEST_CHOICE_ADDED, &RESPONSE_CHOICE_ADDED),
    changed: both(&REQUEST_CHOICE_REMOVED, &RESPONSE_CHOICE_ADDED),
};

/// The rule of a keyword that says nothing about values; what is not here is unclassified.
pub(super) fn of_keyword(key: &str) -> &'static Rule {
    match key {
        "description" | "summary" | "title" | "externalDocs" | "bearerFormat" | "xml"
        | "$comment" | "$id" | "$schema" | "$anchor" | "$defs" | "nullable" => &DESCRIPTION,
        "example" | "examples" => &EXAMPLE,
        "tags" => &TAGS,
        "links" => &LINK,
        "deprecated" => &DEPRECATED,
        key if key.starts_with("x-") => &EXTENSION,
        _ => &UNCLASSIFIED,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_code_stands_twice_and_breaking_ones_say_what_breaks() {
        let mut seen = HashSet::new();
        for rule in ALL {
            assert!(seen.insert(rule.code), "{}", rule.code);
            let says = !rule.effect.is_empty() || !rule.instead.is_empty();
            let rust_alone = rule.code.starts_with("rust-");
            assert!(
                says || rust_alone || rule.class != Class::Breaking,
                "{}",
                rule.code
            );
        }
    }
}
