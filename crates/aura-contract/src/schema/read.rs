//! Reading a value from text, as it stands in a path, a query or a header.

use serde_json::{Number, Value};

use super::Schema;

impl Schema {
    /// The value that these texts stand for, as they stand in a path, a query or a header: several
    /// for a list, else one. Whether it fits is for [`check`](Schema::check) to say.
    ///
    /// # Errors
    ///
    /// If a text can't be of the schema's type, in words that don't quote it.
    pub fn read(&self, texts: &[String]) -> Result<Value, String> {
        if self.is_array() {
            let items = self.items();
            let read = |text: &String| match &items {
                Some(items) => items.read_one(text),
                None => Ok(text.as_str().into()),
            };
            return texts.iter().map(read).collect();
        }
        match texts {
            [text] => self.read_one(text),
            _ => Err("it is given more than once".into()),
        }
    }

    fn read_one(&self, text: &str) -> Result<Value, String> {
        let number = || text.parse::<Number>().ok();
        match self.kind().as_deref() {
            // Also one that no machine's integer holds: how large it may be is for `check` to say.
            Some("integer") => number()
                .filter(|_| {
                    text.bytes()
                        .all(|byte| byte == b'-' || byte.is_ascii_digit())
                })
                .map(Value::Number)
                .ok_or_else(|| "the value is not a whole number".into()),
            Some("number") => number()
                .map(Value::Number)
                .ok_or_else(|| "the value is not a number".into()),
            Some("boolean") => text
                .parse()
                .map(Value::Bool)
                .map_err(|_| "the value is neither `true` nor `false`".into()),
            Some("object") => {
                serde_json::from_str(text).map_err(|_| "the value is not a JSON object".into())
            }
            Some(_) => Ok(text.into()),
            None => Ok(self.read_untyped(text)),
        }
    }

    /// Of a choice, the first that the text fits.
    fn read_untyped(&self, text: &str) -> Value {
        let own = self.parts().into_iter().next();
        let choices = ["oneOf", "anyOf"].into_iter();
        let choices = choices
            .filter_map(|choice| own.as_ref()?.object.get(choice)?.as_array())
            .flatten();
        choices
            .map(|choice| self.sibling(choice))
            .find_map(|choice| {
                let value = choice.read_one(text).ok()?;
                choice.check(&value).is_empty().then_some(value)
            })
            .unwrap_or_else(|| text.into())
    }
}
