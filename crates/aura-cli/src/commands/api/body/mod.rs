//! The body of a call: `--body`, or `--field` and `--file` for each of its properties.

mod content;
mod declare;
mod fields;
mod source;

use aura_client::{Multipart, Part, Upload};
use aura_contract::{Body as Described, Content, Operation};
use clap::ArgMatches;
use serde_json::Value;
use serde_json::value::RawValue;

pub use self::content::{Kind, is_plain_json, usual};
use self::declare::{BODY, CONTENT_TYPE, FIELD, FILE, NO_CHECK};
pub use self::declare::{content_type, declare, group, whole};
use self::fields::{Field, from_fields, from_files};
use self::source::Source;
use crate::failure::Failure;

/// What is sent.
#[derive(Debug, PartialEq)]
pub enum Body {
    /// `application/json`
    Json(Value),
    /// Of any other media type.
    Raw { media_type: String, source: Source },
    /// `multipart/form-data`
    Parts(Vec<Field>),
}

/// The body that the arguments give, if they give one.
pub fn read(operation: &Operation, matches: &ArgMatches) -> Result<Option<Body>, Vec<Failure>> {
    let Some(described) = &operation.body else {
        return Ok(None);
    };
    let given = |id: &str| matches.try_contains_id(id).unwrap_or(false);
    if ![BODY, FIELD, FILE].map(given).contains(&true) {
        return Ok(None);
    }
    let one = |failure| vec![failure];
    let is_checked = !matches.get_flag(NO_CHECK);
    let (content, media_type) = content::chosen(operation, described, matches).map_err(one)?;
    if content.is_none() && is_checked && !described.contents.is_empty() {
        return Err(one(undescribed(operation, described)));
    }
    let reading = Reading {
        content,
        media_type,
        matches,
        is_checked,
    };
    match content.map_or(Kind::Opaque, Kind::of) {
        Kind::Json => reading.json(),
        Kind::Form => reading.form(),
        Kind::Multipart => reading.parts(),
        Kind::Opaque => reading.opaque(),
    }
    .map(Some)
}

/// The body of a request for any path.
pub fn read_any(matches: &ArgMatches) -> Result<Option<Body>, Failure> {
    let Some(given) = matches.get_one::<String>(BODY) else {
        return Ok(None);
    };
    let source = Source::of_body(given)?;
    Ok(Some(match matches.get_one::<String>(CONTENT_TYPE) {
        Some(media_type) if !is_plain_json(media_type) => Body::Raw {
            media_type: media_type.clone(),
            source,
        },
        _ => Body::Json(json(&source)?),
    }))
}

/// A body in the form that was chosen.
struct Reading<'a> {
    /// `None`: the contract does not have it.
    content: Option<&'a Content>,
    media_type: String,
    matches: &'a ArgMatches,
    is_checked: bool,
}

impl Reading<'_> {
    fn given(&self, id: &str) -> Vec<&str> {
        let given = self.matches.try_get_many::<String>(id).ok().flatten();
        given.unwrap_or_default().map(String::as_str).collect()
    }

    /// What `--body` names; `None` if fields are given.
    fn whole(&self) -> Result<Option<Source>, Failure> {
        let given = self.given(BODY);
        given
            .first()
            .map(|given| Source::of_body(given))
            .transpose()
    }

    fn fields(&self) -> Result<Value, Vec<Failure>> {
        let schema = self.content.map(|content| &content.schema);
        from_fields(schema, &self.given(FIELD))
    }

    fn json(self) -> Result<Body, Vec<Failure>> {
        let body = match self.whole().map_err(one)? {
            Some(source) => json(&source).map_err(one)?,
            None => self.fields()?,
        };
        let text = body.to_string().into_bytes();
        self.check(|content| content.check(&text))?;
        Ok(match is_plain_json(&self.media_type) {
            true => Body::Json(body),
            false => self.raw(Source::Bytes(text)),
        })
    }

    fn form(self) -> Result<Body, Vec<Failure>> {
        let text = match (self.whole().map_err(one)?, self.content) {
            (Some(source), _) => source.read().map_err(one)?,
            (None, Some(content)) => {
                let form = content.form(&self.fields()?);
                form.map_err(|problem| one(refused(&problem)))?.into_bytes()
            }
            (None, None) => Vec::new(),
        };
        self.check(|content| content.check(&text))?;
        Ok(self.raw(Source::Bytes(text)))
    }

    fn parts(self) -> Result<Body, Vec<Failure>> {
        let Some(content) = self.content.filter(|_| self.given(BODY).is_empty()) else {
            let what = "--body: a body in parts is given as --field and --file";
            return Err(one(Failure::usage(what)));
        };
        let parts = content.parts(&self.fields()?);
        let parts = parts.map_err(|problem| one(refused(&problem)))?;
        let mut fields: Vec<Field> = parts.into_iter().map(Field::of_part).collect();
        fields.extend(from_files(content, &self.given(FILE))?);
        let parts: Vec<_> = fields.iter().map(|field| field.part.clone()).collect();
        self.check(|content| content.check_parts(&parts))?;
        Ok(Body::Parts(fields))
    }

    /// What comes from a file is not looked at before it is sent.
    fn opaque(self) -> Result<Body, Vec<Failure>> {
        let Some(source) = self.whole().map_err(one)? else {
            let what = format!("--field: {} is given as --body", self.media_type);
            return Err(one(Failure::usage(what)));
        };
        if let Source::Bytes(text) = &source {
            self.check(|content| content.check(text))?;
        }
        Ok(self.raw(source))
    }

    fn raw(self, source: Source) -> Body {
        Body::Raw {
            media_type: self.media_type,
            source,
        }
    }

    fn check(
        &self,
        check: impl FnOnce(&Content) -> Vec<aura_contract::Problem>,
    ) -> Result<(), Vec<Failure>> {
        let content = self.content.filter(|_| self.is_checked);
        let problems = content.map(check).unwrap_or_default();
        match problems.is_empty() {
            true => Ok(()),
            false => Err(problems.iter().map(refused).collect()),
        }
    }
}

impl Body {
    /// The body for [`Client::request_download`](aura_client::Client::request_download).
    pub async fn upload(&self) -> Result<Upload, Failure> {
        match self {
            Self::Json(value) => {
                Ok(Upload::bytes(value.to_string()).content_type("application/json"))
            }
            Self::Raw { media_type, source } => Ok(source.upload().await?.content_type(media_type)),
            Self::Parts(fields) => {
                let mut form = Multipart::new();
                for field in fields {
                    form = add(form, field).await?;
                }
                Ok(form.into())
            }
        }
    }
}

async fn add(form: Multipart, field: &Field) -> Result<Multipart, Failure> {
    let part = &field.part;
    let text = String::from_utf8_lossy(&part.content);
    let upload = match (&field.file, part.content_type.as_deref()) {
        (Some(file), _) => file.upload().await?,
        (None, None) => return Ok(form.text(&part.name, text)),
        (None, Some("application/json")) => {
            return Ok(match serde_json::from_str::<&RawValue>(&text) {
                Ok(json) => form.json(&part.name, json),
                Err(_) => form.text(&part.name, text),
            });
        }
        (None, Some(_)) => Upload::bytes(part.content.clone()),
    };
    let mut file = Part::from(upload);
    if let Some(name) = &part.file_name {
        file = file.file_name(name);
    }
    if let Some(media_type) = &part.content_type {
        file = file.content_type(media_type);
    }
    Ok(form.file(&part.name, file))
}

fn one(failure: Failure) -> Vec<Failure> {
    vec![failure]
}

fn refused(problem: &aura_contract::Problem) -> Failure {
    Failure::usage(problem.to_string()).or_try("--no-check sends what the contract does not allow")
}

fn undescribed(operation: &Operation, body: &Described) -> Failure {
    let known = body
        .contents
        .iter()
        .map(|content| content.media_type.as_str());
    let known = known.collect::<Vec<_>>().join(", ");
    Failure::usage(format!("--content-type: {} takes {known}", operation.id))
        .or_try("--no-check sends what the contract does not allow")
}

fn json(source: &Source) -> Result<Value, Failure> {
    serde_json::from_slice(&source.read()?).map_err(|error| {
        // serde's own words quote the text.
        let (line, column) = (error.line(), error.column());
        Failure::usage(format!(
            "--body: this is not JSON, from line {line}, column {column}"
        ))
    })
}

/// As HTTP would have it; for tests.
#[cfg(test)]
impl std::fmt::Display for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Json(body) => write!(f, "{body}"),
            Self::Raw { media_type, source } => write!(f, "[{media_type}] {source}"),
            Self::Parts(fields) => {
                f.write_str("[multipart/form-data]")?;
                fields.iter().try_for_each(|field| write!(f, "\n{field}"))
            }
        }
    }
}
