//! Names with their values, as a query, a form, a cookie or a matrix parameter lists them.

use std::collections::HashMap;

use super::percent::decode;
use crate::parameter::Location;

/// Pairs in their order, the names decoded. One whose name is not UTF-8 is no parameter's.
pub(crate) struct Pairs<'r> {
    pub(crate) location: Location,
    list: Vec<(String, &'r str)>,
    /// Where in the list the pairs of a name are.
    by_name: HashMap<String, Vec<usize>>,
    /// The same for names with brackets, by what stands before those.
    by_base: HashMap<String, Vec<usize>>,
}

impl<'r> Pairs<'r> {
    pub(crate) fn new(location: Location, text: &'r str, separator: char) -> Pairs<'r> {
        let pairs = text.split(separator).map(|pair| match location {
            Location::Cookie => pair.trim(),
            _ => pair,
        });
        let pairs = pairs.filter(|pair| !pair.is_empty()).filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(location, name).ok()?, value))
        });
        let list: Vec<_> = pairs.collect();
        let [mut by_name, mut by_base] = [(); 2].map(|()| HashMap::<String, Vec<usize>>::new());
        for (index, (name, _)) in list.iter().enumerate() {
            by_name.entry(name.clone()).or_default().push(index);
            if let Some((base, _)) = name.split_once('[') {
                by_base.entry(base.to_owned()).or_default().push(index);
            }
        }
        Pairs {
            location,
            list,
            by_name,
            by_base,
        }
    }

    /// The values of this name, in their order.
    pub(crate) fn values(&self, name: &str) -> Vec<&'r str> {
        let indexes = self.by_name.get(name).into_iter().flatten();
        indexes.map(|index| self.list[*index].1).collect()
    }

    /// The names, each once, in the order of where they first stand.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.list.iter().enumerate();
        let firsts = names.filter(|(index, (name, _))| self.by_name[name].first() == Some(index));
        firsts.map(|(_, (name, _))| name.as_str())
    }

    /// The pairs whose names begin with `name[`, by what follows that name.
    pub(crate) fn below<'p>(&'p self, name: &'p str) -> impl Iterator<Item = (&'p str, &'r str)> {
        let base = name.split('[').next().unwrap_or_default();
        let indexes = self.by_base.get(base).into_iter().flatten();
        indexes.filter_map(move |index| {
            let (known, value) = &self.list[*index];
            let steps = known.strip_prefix(name)?;
            steps.starts_with('[').then_some((steps, *value))
        })
    }
}
