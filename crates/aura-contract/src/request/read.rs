//! Reading a value as the contract serializes it, its leaves texts.

use openapi_document::parameter::Style;
use serde_json::{Map, Value};

use super::nested;
use super::pairs::Pairs;
use super::percent::decode;
use crate::parameter::{Joint, Location, Parameter, joint};
use crate::schema::read::{Kind, Reading};

/// What stands in a request for a parameter.
pub(super) enum Source<'r> {
    /// In its path, percent-encoded.
    Path(&'r str),
    /// Among these pairs; an object without a name of its own takes what no other parameter does.
    Pairs(&'r Pairs<'r>, &'r [Parameter]),
    /// In headers, one text each.
    Header(Vec<&'r str>),
}

/// The value of a parameter; `None` if it isn't there.
pub(super) fn read(
    source: &Source<'_>,
    parameter: &Parameter,
    reading: &Reading,
) -> Result<Option<Value>, &'static str> {
    let (name, style) = (parameter.name.as_str(), parameter.style);
    match source {
        Source::Path(raw) if matches!(style, Style::Matrix { .. }) => {
            let raw = raw.strip_prefix(';').ok_or("it does not begin with `;`")?;
            let pairs = Pairs::new(Location::Path, raw, ';');
            from_pairs(&pairs, name, style, reading, &[])
        }
        Source::Path(raw) => {
            let raw = match matches!(style, Style::Label { .. }) {
                true => raw.strip_prefix('.').ok_or("it does not begin with `.`")?,
                false => raw,
            };
            from_texts(&[raw], Location::Path, style, reading).map(Some)
        }
        Source::Pairs(pairs, others) => from_pairs(pairs, name, style, reading, others),
        Source::Header(texts) if texts.is_empty() => Ok(None),
        Source::Header(texts) => from_texts(texts, Location::Header, style, reading).map(Some),
    }
}

/// A value among pairs.
pub(crate) fn from_pairs(
    pairs: &Pairs<'_>,
    name: &str,
    style: Style,
    reading: &Reading,
    others: &[Parameter],
) -> Result<Option<Value>, &'static str> {
    let texts = pairs.values(name);
    if style == Style::DeepObject && texts.is_empty() {
        return nested::read(pairs, name);
    }
    let is_spread = matches!(
        style,
        Style::Form { explode: true } | Style::Matrix { explode: true }
    );
    if is_spread && reading.kind == Kind::Object {
        return spread(pairs, reading, others);
    }
    match texts.as_slice() {
        [] => Ok(None),
        texts => from_texts(texts, pairs.location, style, reading).map(Some),
    }
}

/// The texts of this name, as a list; `None` if there are none.
pub(crate) fn texts(pairs: &Pairs<'_>, name: &str) -> Result<Option<Value>, &'static str> {
    let texts = pairs.values(name).into_iter();
    let texts = texts.map(|raw| decode(pairs.location, raw).map(Value::from));
    let texts: Vec<Value> = texts.collect::<Result<_, _>>()?;
    Ok((!texts.is_empty()).then(|| texts.into()))
}

/// An object whose members stand among the pairs by their own names.
fn spread(
    pairs: &Pairs<'_>,
    reading: &Reading,
    others: &[Parameter],
) -> Result<Option<Value>, &'static str> {
    let schema = &reading.schema;
    let is_open = schema.takes_any_name();
    let mut members = Map::new();
    for name in pairs.names() {
        let is_others = || {
            let mut others = others
                .iter()
                .filter(|other| other.location == pairs.location);
            others.any(|other| other.name == name)
        };
        if schema.property(name).is_some() || is_open && !is_others() {
            let value = texts(pairs, name)?;
            members.extend(value.map(|value| (name.to_owned(), value)));
        }
    }
    Ok((!members.is_empty()).then(|| members.into()))
}

/// A value that one text stands for, or one for each of its items.
fn from_texts(
    texts: &[&str],
    location: Location,
    style: Style,
    reading: &Reading,
) -> Result<Value, &'static str> {
    let decoded = |raw: &&str| decode(location, raw);
    let (kind, joint) = (reading.kind, joint(style));
    match (kind, joint, texts) {
        _ if style == Style::Json => match texts {
            [raw] => serde_json::from_str(&decoded(raw)?).map_err(|_| "the value is not JSON"),
            _ => Err("it is given more than once"),
        },
        (Kind::Array, Some(joint), texts) => {
            let parts = texts.iter().map(|raw| joint.split(raw, location));
            let parts: Vec<_> = parts.collect::<Result<_, _>>()?;
            Ok(parts.into_iter().flatten().collect())
        }
        (Kind::Object, Some(joint), [raw]) => joint.members(raw, location),
        _ => {
            let texts = texts.iter().map(decoded);
            texts.map(|text| text.map(Value::from)).collect()
        }
    }
}

impl Joint {
    /// The parts of a text. Those that a space or `|` sets apart are so however that is encoded.
    fn split(self, raw: &str, location: Location) -> Result<Vec<String>, &'static str> {
        if matches!(self.separator, ' ' | '|') {
            let text = decode(location, raw)?;
            return Ok(text.split(self.separator).map(str::to_owned).collect());
        }
        let parts = raw.split(self.separator).map(|part| match location {
            Location::Header => Ok(part.trim().to_owned()),
            _ => decode(location, part),
        });
        parts.collect()
    }

    /// The members of an object.
    fn members(self, raw: &str, location: Location) -> Result<Value, &'static str> {
        const ODD: &str = "one of its members has no value";
        let mut members = Map::new();
        if self.pairs {
            for pair in raw.split(self.separator) {
                let (name, text) = pair.split_once('=').ok_or(ODD)?;
                let text = decode(location, text)?;
                members.insert(decode(location, name.trim())?, text.into());
            }
            return Ok(members.into());
        }
        for member in self.split(raw, location)?.chunks(2) {
            let [name, text] = member else {
                return Err(ODD);
            };
            members.insert(name.clone(), text.as_str().into());
        }
        Ok(members.into())
    }
}
