//! How great numbers, and how long strings, arrays and objects, can be.

use serde_json::Value;

use super::number::Number;
use super::{Stated, Types};
use crate::operation::Located;

/// The least or the greatest number that is allowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// The number.
    pub number: Number,
    /// Whether the number itself is not allowed.
    pub exclusive: bool,
}

/// The least and the greatest size.
#[derive(Debug, Clone, Default)]
pub struct Size {
    /// The least; zero is none.
    pub min: Option<Stated<u64>>,
    /// The greatest.
    pub max: Option<Stated<u64>>,
}

/// All limits of a schema, the tightest of each kind.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// The least number.
    pub lower: Option<Stated<Bound>>,
    /// The greatest number.
    pub upper: Option<Stated<Bound>>,
    /// What numbers are multiples of.
    pub multiples: Vec<Stated<Number>>,
    /// The length of strings, in characters.
    pub length: Size,
    /// The number of an array's elements.
    pub items: Size,
    /// The number of an object's properties.
    pub properties: Size,
    /// Whether an array's elements differ.
    pub unique: Option<Stated<bool>>,
}

impl Limits {
    /// Reads the limits of all parts of a schema.
    pub(super) fn of(parts: &[Located<'_>], types: Types) -> Limits {
        let mut limits = Limits::default();
        for part in parts {
            limits.add_bounds(part);
            limits.length.add(part, "minLength", "maxLength");
            limits.items.add(part, "minItems", "maxItems");
            limits
                .properties
                .add(part, "minProperties", "maxProperties");
            if let Some(number) = part.object.get("multipleOf").and_then(Number::of) {
                limits.multiples.push(stated(part, "multipleOf", number));
            }
            if limits.unique.is_none() && part.flag("uniqueItems") {
                limits.unique = Some(stated(part, "uniqueItems", true));
            }
        }
        if !types.meets(Types::NUMBER.without(Types::INTEGER)) {
            limits.round();
        }
        limits
    }

    /// Returns whether there is any.
    pub(super) fn are_set(&self) -> bool {
        let sizes = [&self.length, &self.items, &self.properties];
        self.lower.is_some()
            || self.upper.is_some()
            || !self.multiples.is_empty()
            || self.unique.is_some()
            || sizes
                .iter()
                .any(|size| size.min.is_some() || size.max.is_some())
    }

    /// Returns whether a number or a text is within the limits; other values are not judged.
    pub fn allow(&self, value: &Value) -> bool {
        let within = |size: &Size, length: u64| {
            size.min.as_ref().is_none_or(|min| length >= min.value)
                && size.max.as_ref().is_none_or(|max| length <= max.value)
        };
        if let Some(text) = value.as_str() {
            return within(&self.length, text.chars().count() as u64);
        }
        let Some(number) = Number::of(value) else {
            return true;
        };
        let inclusive = Bound {
            number,
            exclusive: false,
        };
        let lower = self
            .lower
            .as_ref()
            .is_none_or(|bound| !bound.value.is_tighter(inclusive, true));
        let upper = self
            .upper
            .as_ref()
            .is_none_or(|bound| !bound.value.is_tighter(inclusive, false));
        let multiple = self
            .multiples
            .iter()
            .all(|of| number.is_multiple_of(of.value));
        lower && upper && multiple
    }

    fn add_bounds(&mut self, part: &Located<'_>) {
        let number = |key: &str| part.object.get(key).and_then(Number::of);
        for (key, exclusive_key, lower) in [
            ("minimum", "exclusiveMinimum", true),
            ("maximum", "exclusiveMaximum", false),
        ] {
            let inclusive = number(key).map(|number| {
                let exclusive = part.flag(exclusive_key);
                stated(part, key, Bound { number, exclusive })
            });
            let exclusive = number(exclusive_key).map(|number| {
                let exclusive = true;
                stated(part, exclusive_key, Bound { number, exclusive })
            });
            let known = if lower {
                &mut self.lower
            } else {
                &mut self.upper
            };
            for bound in [inclusive, exclusive].into_iter().flatten() {
                if known
                    .as_ref()
                    .is_none_or(|known| bound.value.is_tighter(known.value, lower))
                {
                    *known = Some(bound);
                }
            }
        }
    }

    /// Of whole numbers, more than 4 is at least 5, and every one is a multiple of 1.
    fn round(&mut self) {
        if let Some(Stated { value, .. }) = &mut self.lower {
            let whole = value.number.ceil();
            let step = i128::from(value.exclusive && whole == value.number);
            *value = Bound {
                number: whole.plus(step),
                exclusive: false,
            };
        }
        if let Some(Stated { value, .. }) = &mut self.upper {
            let whole = value.number.floor();
            let step = -i128::from(value.exclusive && whole == value.number);
            *value = Bound {
                number: whole.plus(step),
                exclusive: false,
            };
        }
        self.multiples
            .retain(|multiple| multiple.value != Number::Whole(1));
    }
}

impl Bound {
    /// Returns whether this allows fewer numbers than `other`.
    pub fn is_tighter(self, other: Bound, lower: bool) -> bool {
        if self.number == other.number {
            return self.exclusive && !other.exclusive;
        }
        match lower {
            true => self.number > other.number,
            false => self.number < other.number,
        }
    }
}

impl Size {
    fn add(&mut self, part: &Located<'_>, min: &str, max: &str) {
        let size = |key: &str| match part.object.get(key).and_then(Number::of)? {
            Number::Whole(size) => u64::try_from(size).ok(),
            Number::Float(_) => None,
        };
        if let Some(least) = size(min).filter(|least| *least > 0)
            && self.min.as_ref().is_none_or(|known| least > known.value)
        {
            self.min = Some(stated(part, min, least));
        }
        if let Some(most) = size(max)
            && self.max.as_ref().is_none_or(|known| most < known.value)
        {
            self.max = Some(stated(part, max, most));
        }
    }
}

fn stated<T>(part: &Located<'_>, key: &str, value: T) -> Stated<T> {
    let at = part.pointer.child(key);
    Stated { value, at }
}
