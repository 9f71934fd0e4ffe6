//! `x-sensitive`: the mark for personal data stands where it acts, and nowhere else.

use serde_json::Value;

use super::Subject;
use openapi_document::extensions::SENSITIVE;
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A mark that doesn't act.
pub static PLACEMENT: Rule = Rule {
    code: "codegen::sensitive",
    severity: Error,
    summary: "`x-sensitive` stands where it has no effect",
    docs: "`x-sensitive: true` marks personal data, whose value debug output then hides. It acts on \
           a property, or on a parameter's schema, beside the `type`. Anywhere else, also beside a \
           `$ref`, it would be dropped and the data printed in clear.",
    example: Some(Example {
        instead_of: "    Source:\n      type: object\n      description: Where a note came from.\n      properties:\n        device:\n",
        wrong: "    Source:\n      type: object\n      «x-sensitive»: true\n      description: Where a note came from.\n      properties:\n        device:\n",
        right: "    Source:\n      type: object\n      description: Where a note came from.\n      properties:\n        device:\n          x-sensitive: true\n",
    }),
};

/// Personal data without a mark.
pub static UNMARKED: Rule = Rule {
    code: "policy::sensitive",
    severity: Warning,
    summary: "what looks like personal data is not marked `x-sensitive`",
    docs: "Names of people, e-mail and postal addresses, phone numbers, dates of birth, places, IP \
           addresses, click ids, user agents and referrers lead to a person; passwords, tokens and \
           the numbers of cards, passports and taxpayers open what is theirs. Marked \
           `x-sensitive: true`, they are hidden in debug output. If it is no personal data after \
           all, say so: `x-sensitive: false`.",
    example: Some(Example {
        instead_of: "        device:\n          type: string\n",
        wrong: "        «ip_address»:\n          type: string\n",
        right: "        ip_address:\n          x-sensitive: true\n          type: string\n",
    }),
};

/// The mark stands on a property, or on a parameter's schema; anywhere else it would be dropped
/// and the data printed in clear.
pub fn placement(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for item in subject.items.all() {
        // Beside a `$ref` it is told as that.
        if item.is_reference() {
            continue;
        }
        let Some(value) = item.object.get(SENSITIVE) else {
            continue;
        };
        let at = item.pointer.child(SENSITIVE);
        if !value.is_boolean() {
            found.push(
                PLACEMENT
                    .told("`x-sensitive` is `true` or `false`")
                    .at(contract.value(&at))
                    .help("write `x-sensitive: true`"),
            );
        } else if value == &Value::Bool(true) && !acts(item) {
            found.push(
                PLACEMENT.told(format!("`x-sensitive` has no effect on this {}", item.kind.name()),
                )
                .at(contract.key(&at))
                .help("put it on each property (or parameter's schema) that holds the data, beside its `type`"),
            );
        }
    }
    found
}

fn acts(item: &Item<'_>) -> bool {
    let is_parameter = item.kind == Kind::Schema && item.within == Some(Kind::Parameter);
    is_parameter || item.property_name().is_some()
}

/// The last words of names that hold personal data.
const PERSONAL: &str = "\
    account number, address, address 1, address 2, address line, birth date, birthdate, \
    birthday, birthplace, card number, city, click id, clid, contact name, coordinates, \
    credit card, cvc, cvv, date of birth, dclid, display name, dob, driver license, \
    drivers license, e mail, email, epik, family name, fax, fbclid, first name, firstname, \
    full name, fullname, gbraid, gclid, gender, geo location, geolocation, given name, hyclid, \
    iban, id number, ip, ip addr, ipv 4, ipv 6, ipv4, ipv6, last name, lastname, lat, \
    latitude, li fat id, lng, lon, longitude, maiden name, middle name, mobile, mobile number, \
    msclkid, national id, nickname, passport, passport number, passwd, password, phone, \
    phone number, post code, postal code, postcode, rdt cid, referer, referrer, region, \
    sc cid, secret, social security number, ssn, street, surname, tax id, tax number, \
    telephone, tin, token, ttclid, twclid, user agent, user name, vat id";

/// More of them, which are only taken as a whole name.
const WHOLE: [&str; 8] = [
    "ref", "tel", "username", "wbraid", "yclid", "zip", "zip code", "whatsapp",
];

/// The first words of names that belong to no person.
const OF_NO_PERSON: &str = "\
    ad, app, business, campaign, company, continuation, csrf, cursor, next, org, organisation, \
    organization, page, prev, previous, server, service, store, sync, utm";

/// Objects whose `name` is a person's.
const PEOPLE: [&str; 12] = [
    "attendee", "author", "caller", "closer", "contact", "customer", "guest", "lead", "member",
    "person", "setter", "user",
];

/// What looks like personal data is marked.
pub fn unmarked(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        if schema.object.contains_key(SENSITIVE) || !holds_text(schema.object) {
            continue;
        }
        let (name, at) = if let Some(name) = schema.property_name() {
            (name, contract.key(&schema.pointer))
        } else if let Some(parameter) = parameter_around(subject, schema) {
            let at = parameter.pointer.child("name");
            (
                parameter.text("name").unwrap_or_default(),
                contract.value(&at),
            )
        } else {
            continue;
        };
        let of_a_person = name == "name" && is_of_a_person(schema);
        if looks_personal(name, schema.text("format")) || of_a_person {
            found.push(
                UNMARKED
                    .told(format!("`{name}` looks like personal data, and is not marked"))
                    .at(at)
                    .help("add `x-sensitive: true` beside its `type`; or `x-sensitive: false`, if it leads to no person"),
            );
        }
    }
    found
}

/// Whether its value can tell of a person: text, a number, any value, or a list of such. An
/// object's properties are looked at on their own.
fn holds_text(schema: &serde_json::Map<String, Value>) -> bool {
    let composed = ["allOf", "oneOf", "anyOf", "properties", "enum"];
    if composed.iter().any(|key| schema.contains_key(*key)) {
        return false;
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean" | "object" | "integer") => false,
        Some("array") => {
            let items = schema.get("items").and_then(Value::as_object);
            items.is_some_and(|items| !items.contains_key("$ref") && holds_text(items))
        }
        _ => schema.get("format").and_then(Value::as_str) != Some("date-time"),
    }
}

/// The parameter whose schema this is.
pub fn parameter_around<'s, 'c>(
    subject: &'s Subject<'c>,
    schema: &Item<'_>,
) -> Option<&'s Item<'c>> {
    if schema.within != Some(Kind::Parameter) {
        return None;
    }
    subject.item(&schema.pointer.parent()?)
}

fn is_of_a_person(schema: &Item<'_>) -> bool {
    let parts = schema.pointer.parts();
    let around = parts
        .len()
        .checked_sub(3)
        .and_then(|index| parts.get(index));
    around.is_some_and(|around| {
        let words = words(around);
        words
            .last()
            .is_some_and(|word| PEOPLE.contains(&word.as_str()))
    })
}

fn is_of_no_person(words: &[String]) -> bool {
    words.len() > 1
        && words
            .first()
            .is_some_and(|word| listed(OF_NO_PERSON).any(|known| known == word))
}

/// The names of a list above.
fn listed(names: &str) -> impl Iterator<Item = &str> {
    names.split(", ")
}

/// Whether the value of a field with this name and format may lead to a person.
pub fn looks_personal(name: &str, format: Option<&str>) -> bool {
    let by_format = matches!(format, Some("email" | "idn-email" | "ipv4" | "ipv6"));
    (by_format && !is_of_no_person(&words(name))) || is_personal(name)
}

fn is_personal(name: &str) -> bool {
    let words = words(name);
    let name = words.join(" ");
    let one = name.strip_suffix('s').unwrap_or(&name);
    let ends = |with: &str| {
        [name.as_str(), one]
            .iter()
            .any(|name| *name == with || name.ends_with(&format!(" {with}")))
    };
    !is_of_no_person(&words) && (WHOLE.contains(&name.as_str()) || listed(PERSONAL).any(ends))
}

/// The words of a name, however they are put together.
fn words(name: &str) -> Vec<String> {
    let snake = heck::ToSnakeCase::to_snake_case(name);
    snake.split('_').map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::is_personal;

    #[test]
    fn personal_data_is_known_by_its_name_and_what_only_looks_so_is_not() {
        for name in [
            "email",
            "workEmail",
            "emails",
            "full_name",
            "firstName",
            "phone_number",
            "ipAddress",
            "client_ip",
            "liFatId",
            "scCid",
            "rdtCid",
            "fbclid",
            "gclid",
            "userAgent",
            "referrer",
            "ref",
            "date_of_birth",
            "latitude",
            "city",
            "postal_code",
            "street",
            "mobile_number",
            "taxId",
            "passport",
            "card_number",
            "contactName",
            "user_name",
            "password",
            "access_token",
        ] {
            assert!(is_personal(name), "{name}");
        }
        for name in [
            "company",
            "company_name",
            "companyEmail",
            "campaign_name",
            "utm_source",
            "utmTerm",
            "key",
            "label",
            "name",
            "email_verified",
            "phone_count",
            "timezone",
            "country",
            "countryCode",
            "gadSource",
            "gclsrc",
            "partner",
            "setterCode",
            "status",
            "user_id",
            "ip_count",
            "description",
            "zip_file",
            "preference",
            "booking_link_id",
            "language",
            "nextPageToken",
            "next_token",
            "token_count",
            "password_changed",
        ] {
            assert!(!is_personal(name), "{name}");
        }
    }
}
