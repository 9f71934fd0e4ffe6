//! What is wrong with JSON, in words that don't quote it.

/// serde's message without the value that it found, which may be a key or personal data.
pub(crate) fn without_values(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match (message.split_once(": "), message.rsplit_once(", expected ")) {
        (
            Some((kind @ ("invalid type" | "invalid value" | "invalid length"), _)),
            Some((_, expected)),
        ) => {
            format!("{kind}, expected {expected}")
        }
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_quoted() {
        let error = serde_json::from_str::<u64>("\"my: secret, expected one\"");
        let message = without_values(&error.expect_err("it is a text"));
        assert_eq!(message, "invalid type, expected u64 at line 1 column 26");
    }
}
