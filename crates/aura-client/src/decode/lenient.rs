//! Reads what fits of a body that does not fit as a whole, and lists what does not.
//!
//! Arrays and objects are gone through one level at a time, each time over the text of their parts.

use std::borrow::Cow;

use super::bounds::Bounds;
use super::path::{self, Step};
use super::salvage::Anomaly;
use super::strict;
use crate::json::{self, Kind, NOT_UNICODE, TOO_DEEP};
use crate::slot::{Members, Object, Parts, Rest, Slot, Target};

/// How many anomalies are listed; others are counted.
const MAX_LISTED: usize = 100;

const REPEATED: &str = "the field is there more than once";
const REPEATED_EQUAL: &str = "the field is there more than once, with the same value";
const REPEATED_DIFFERENT: &str = "the field is there more than once, with different values";
const NO_TIME: &str = "there is no time to read it";
const NO_MEMORY: &str = "it takes more memory than the body may take";

/// What was left out; of what is not listed, how many there are.
pub(super) type Omissions = (Vec<Anomaly>, usize);

/// Reads what fits; `None` if that is nothing.
pub(super) fn read(json: &str, slot: &mut Slot<'_>, bounds: &mut Bounds) -> Option<Omissions> {
    let mut reader = Reader {
        path: Vec::new(),
        bounds,
        omissions: Some((Vec::new(), 0)),
    };
    reader.value(json, slot).ok()?;
    reader.omissions
}

/// Returns where a body first does not fit, and why; `None` if it fits.
pub(super) fn explain(
    json: &str,
    slot: &mut Slot<'_>,
    bounds: &mut Bounds,
) -> Option<(String, Cow<'static, str>)> {
    let mut reader = Reader {
        path: Vec::new(),
        bounds,
        omissions: None,
    };
    let misfit = reader.value(json, slot).err()?;
    let path = misfit.path.unwrap_or_else(|| path::render(&[]));
    Some((path, misfit.reason.text()))
}

/// A value that cannot be read.
struct Misfit {
    reason: Reason,
    /// Where it is, of the first one only.
    path: Option<String>,
}

/// Why a value cannot be read, in words that quote nothing.
enum Reason {
    Plain(&'static str),
    Expected(&'static str, &'static str),
    Missing(&'static str),
    /// A required field cannot be read.
    Required(&'static str, Box<Reason>),
}

impl Reason {
    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Plain(reason) => (*reason).into(),
            Self::Expected(expected, found) => format!("expected {expected}, found {found}").into(),
            Self::Missing(name) => format!("its required field `{name}` is missing").into(),
            Self::Required(name, reason) => {
                let reason = reason.text();
                format!("its required field `{name}` cannot be read: {reason}").into()
            }
        }
    }
}

impl From<Reason> for Misfit {
    fn from(reason: Reason) -> Self {
        Self { reason, path: None }
    }
}

type Fit<T = ()> = Result<T, Misfit>;

struct Reader<'b> {
    path: Vec<Step>,
    bounds: &'b mut Bounds,
    /// `None` ends reading at the first misfit.
    omissions: Option<Omissions>,
}

impl Reader<'_> {
    fn value(&mut self, json: &str, slot: &mut Slot<'_>) -> Fit {
        let kind = Kind::of(json);
        if slot.nullable && kind == Kind::Null {
            return Ok(());
        }
        match &mut slot.target {
            Target::Object(object) if kind == Kind::Object => {
                self.nested(|reader| reader.object(json, *object))
            }
            Target::List(list) if kind == Kind::Array => {
                self.nested(|reader| reader.list(json, *list))
            }
            Target::Wrapper(wrapper) => {
                let mut read = Ok(());
                wrapper.fill(&mut |mut slot| {
                    read = self.value(json, &mut slot);
                    read.is_ok()
                });
                read
            }
            Target::Tagged(tagged) => {
                let mut read = Ok(());
                let tag = json::member_text(json, tagged.property());
                tagged.fill(tag.as_deref(), &mut |mut slot| {
                    read = self.value(json, &mut slot);
                    read.is_ok()
                });
                read
            }
            Target::OneOf(one_of) => {
                let mut read =
                    |mut slot: Slot<'_>| strict::alternative(json, &mut slot, self.bounds);
                let fits = one_of.fill(&mut read);
                self.within_bounds()?;
                match fits {
                    true => Ok(()),
                    false => Err(Reason::Expected(slot.target.expected(), kind.name()).into()),
                }
            }
            target => leaf(json, kind, target).map_err(Misfit::from),
        }
    }

    /// Reads a value that has parts. If it cannot be read, what was left out of it is forgotten.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Fit) -> Fit {
        if !self.bounds.enter() {
            return Err(Reason::Plain(TOO_DEEP).into());
        }
        let count = |(listed, others): &Omissions| (listed.len(), *others);
        let before = self.omissions.as_ref().map(count);
        let read = read(self);
        self.bounds.leave();
        if read.is_err()
            && let Some((listed, others)) = before
            && let Some(omissions) = &mut self.omissions
        {
            omissions.0.truncate(listed);
            omissions.1 = others;
        }
        read
    }

    fn object(&mut self, json: &str, object: &mut dyn Object) -> Fit {
        let mut read = Ok(());
        let filled = object.fill(&mut |members| {
            read = self.members(json, members);
            read.is_ok()
        });
        read?;
        filled.map_err(|name| self.missing(name))
    }

    /// A missing field has a path of its own, but in the list it is what the object lacks.
    fn missing(&self, name: &'static str) -> Misfit {
        match &self.omissions {
            Some(_) => Reason::Missing(name).into(),
            None => Misfit {
                reason: Reason::Plain("a required field is missing"),
                path: Some(path::render(&[&*self.path, &[Step::Field(name)]].concat())),
            },
        }
    }

    fn members(&mut self, json: &str, members: Members<'_, '_>) -> Fit {
        let Members {
            names,
            slots,
            mut rest,
        } = members;
        // First all names, since of a field that is there twice both values are needed.
        let mut found = Vec::new();
        let mut fields: Vec<Option<Field<'_>>> = vec![None; names.len()];
        let mut likely = 0;
        self.each(json, |_, name, value| {
            let written = name.unwrap_or_default();
            let name = json::name_of(written);
            if let Some(number) = strict::find(names, likely, &name) {
                likely = number + 1;
                let field = fields[number].get_or_insert(Field {
                    first: value,
                    all_equal: true,
                });
                field.all_equal &= field.first == value;
                found.push((Member::Field(number), value));
            } else if let Rest::Extra(extra) = &mut rest {
                extra.push_text(written, value);
            } else if let Rest::Entries(_) = rest {
                found.push((Member::Entry(written), value));
            }
            Ok(())
        })?;
        for (member, value) in found {
            match (member, &mut rest) {
                (Member::Field(number), _) => {
                    if let Some(field) = fields[number] {
                        self.field(names[number], field, value, &mut slots[number])?;
                    }
                }
                (Member::Entry(written), Rest::Entries(entries)) => {
                    self.entry(&json::name_of(written), value, *entries)?;
                }
                (Member::Entry(_), _) => {}
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        name: &'static str,
        field: Field<'_>,
        value: &str,
        slot: &mut Slot<'_>,
    ) -> Fit {
        let first = !std::mem::replace(&mut slot.seen, true);
        let listing = self.omissions.is_some();
        let read = self.at(Step::Field(name), |reader| {
            let repeated = match (first, listing, field.all_equal) {
                (true, true, true) | (true, false, _) => return reader.value(value, slot),
                (_, true, false) => REPEATED_DIFFERENT,
                (false, true, true) => REPEATED_EQUAL,
                (false, false, _) => REPEATED,
            };
            Err(Reason::Plain(repeated).into())
        });
        match read {
            // One that equals the first takes nothing away.
            Err(misfit) if listing && slot.required && (first || !field.all_equal) => {
                Err(Reason::Required(name, Box::new(misfit.reason)).into())
            }
            read => self.or_leave_out(Step::Field(name), value, read).map(drop),
        }
    }

    fn entry(&mut self, name: &[u8], value: &str, entries: &mut dyn Parts) -> Fit {
        let Ok(name) = str::from_utf8(name) else {
            let misfit = self.at(Step::Foreign, |_| Err(Reason::Plain(NOT_UNICODE).into()));
            return self.or_leave_out(Step::Foreign, value, misfit).map(drop);
        };
        let size = entries.begin();
        self.part(Step::Foreign, name, size, value, entries)
    }

    fn list(&mut self, json: &str, list: &mut dyn Parts) -> Fit {
        let size = list.begin();
        let mut index = 0;
        self.each(json, |reader, _, value| {
            index += 1;
            reader.part(Step::Index(index - 1), "", size, value, list)
        })
    }

    /// Reads an element or entry of this size, and keeps it if it fits.
    fn part(
        &mut self,
        step: Step,
        name: &str,
        size: usize,
        value: &str,
        parts: &mut dyn Parts,
    ) -> Fit {
        let mut read = Ok(true);
        parts.add(name, &mut |mut slot| {
            let fit = self.at(step, |reader| {
                reader.value(value, &mut slot)?;
                reader.bounds.keep(size);
                reader.within_bounds()
            });
            read = self.or_leave_out(step, value, fit);
            matches!(read, Ok(true))
        });
        read.map(drop)
    }

    /// Reads what is a step from here. If that fails, what it kept is dropped.
    fn at(&mut self, step: Step, read: impl FnOnce(&mut Self) -> Fit) -> Fit {
        let left = self.bounds.bytes;
        self.path.push(step);
        let mut read = read(self);
        if let Err(misfit) = &mut read {
            self.bounds.bytes = left;
            if self.omissions.is_none() {
                misfit.path.get_or_insert_with(|| path::render(&self.path));
            }
        }
        self.path.pop();
        read
    }

    /// Lists what is a step from here as left out, if it cannot be read. Returns whether it is kept.
    fn or_leave_out(&mut self, step: Step, value: &str, read: Fit) -> Fit<bool> {
        let Err(misfit) = read else {
            return Ok(true);
        };
        let Some(omissions) = &mut self.omissions else {
            return Err(misfit);
        };
        let (listed, others) = omissions;
        if listed.len() < MAX_LISTED {
            let json_path = path::render(&[&*self.path, &[step]].concat());
            listed.push(Anomaly::new(json_path, misfit.reason.text().into(), value));
        } else {
            *others += 1;
        }
        Ok(false)
    }

    /// Calls `each` with the members of an object or the elements of an array.
    fn each<'t>(
        &mut self,
        json: &'t str,
        mut each: impl FnMut(&mut Self, Option<&'t str>, &'t str) -> Fit,
    ) -> Fit {
        let mut read = Ok(());
        json::walk(json, &mut |name, value| {
            read = match self.bounds.visit() {
                true => each(self, name, value),
                false => Err(Reason::Plain(NO_TIME).into()),
            };
            read.is_ok()
        });
        read
    }

    /// Fails if the value just read takes too much. A list of what does not fit goes on without it.
    fn within_bounds(&mut self) -> Fit {
        if self.bounds.exceeded.is_none() {
            return Ok(());
        }
        if self.omissions.is_some() {
            self.bounds.exceeded = None;
        }
        Err(Reason::Plain(NO_MEMORY).into())
    }
}

/// What a member is. Small, since a body can be nothing but members.
enum Member<'t> {
    /// The field of this number.
    Field(usize),
    /// An entry under this name, which is JSON text.
    Entry(&'t str),
}

/// The values of a field of the contract.
#[derive(Clone, Copy)]
struct Field<'t> {
    first: &'t str,
    all_equal: bool,
}

/// Reads a value without parts of its own.
fn leaf(json: &str, kind: Kind, target: &mut Target<'_>) -> Result<(), Reason> {
    let expected = target.expected();
    let found = match (target, kind) {
        (Target::Json(place), _) => {
            **place = json::Json::from_text(json);
            return Ok(());
        }
        (Target::Bool(place), Kind::Bool) => {
            **place = Some(json == "true");
            return Ok(());
        }
        (Target::Number(leaf), Kind::Number) => leaf.set(json),
        (Target::String(place), Kind::String) => {
            let text = json::unescape(json).ok_or(Reason::Plain(NOT_UNICODE))?;
            **place = Some(text.into_owned());
            return Ok(());
        }
        (Target::Text(leaf), Kind::String) => {
            let text = json::unescape(json).ok_or(Reason::Plain(NOT_UNICODE))?;
            leaf.set(&text)
        }
        _ => Err(kind.name()),
    };
    found.map_err(|found| Reason::Expected(expected, found))
}
