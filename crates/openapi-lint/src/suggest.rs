//! The name that was probably meant by a misspelled one.

/// The name that was probably meant.
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = name.to_lowercase();
    let most = |known: &str| (known.len() / 3).max(1);
    names
        // A distance is at least the difference in length.
        .filter(|known| known.len().abs_diff(wanted.len()) <= 2 * most(known))
        .map(|known| {
            let distance = strsim::damerau_levenshtein(&wanted, &known.to_lowercase());
            (distance, known)
        })
        // A name of one letter is no slip of another one.
        .filter(|(distance, known)| *distance <= most(known) && *distance < known.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}
