//! Slots of lists, maps and values around others.

use std::collections::HashMap;

use super::{AsRest, Entries, HasSlot, List, Members, Object, Slot, Target, Wrapper};
use crate::{Extra, Json};

impl HasSlot for Json {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::Json(place))
    }
}

impl<T: HasSlot> HasSlot for Vec<T> {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::List(place))
    }
}

impl<T: HasSlot> List for Option<Vec<T>> {
    fn begin(&mut self) -> usize {
        *self = Some(Vec::new());
        size_of::<T>()
    }

    fn push(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool) {
        let mut element = None;
        if read(T::slot(&mut element)) {
            let list = self.get_or_insert_default();
            if list.len() == list.capacity() {
                // By a half, not to double: the room ahead counts as memory too.
                list.reserve_exact(list.len() / 2 + 4);
            }
            list.extend(element);
        }
    }
}

impl<T: HasSlot> HasSlot for HashMap<String, T> {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::Object(place))
    }
}

impl<T: HasSlot> Object for Option<HashMap<String, T>> {
    fn fill(&mut self, read: &mut dyn FnMut(Members<'_, '_>) -> bool) -> Result<(), &'static str> {
        *self = nameless(read);
        Ok(())
    }
}

impl<T: HasSlot> Entries for HashMap<String, T> {
    fn entry_size(&self) -> usize {
        // The table grows to twice what it holds.
        2 * size_of::<(String, T)>()
    }

    fn insert(&mut self, name: String, read: &mut dyn FnMut(Slot<'_>) -> bool) {
        let mut value = None;
        if read(T::slot(&mut value))
            && let Some(value) = value
        {
            HashMap::insert(self, name, value);
        }
    }
}

impl HasSlot for Extra {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::Object(place))
    }
}

impl Object for Option<Extra> {
    fn fill(&mut self, read: &mut dyn FnMut(Members<'_, '_>) -> bool) -> Result<(), &'static str> {
        *self = nameless(read);
        Ok(())
    }
}

/// Reads an object of which the contract names no member.
fn nameless<T: AsRest + Default>(read: &mut dyn FnMut(Members<'_, '_>) -> bool) -> Option<T> {
    let mut all = T::default();
    let members = Members {
        names: &[],
        slots: &mut [],
        rest: all.as_rest(),
    };
    read(members).then_some(all)
}

impl<T: HasSlot> HasSlot for Box<T> {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::Wrapper(place))
    }
}

impl<T: HasSlot> Wrapper for Option<Box<T>> {
    fn fill(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool) {
        let mut inner = None;
        if read(T::slot(&mut inner)) {
            *self = inner.map(Box::new);
        }
    }
}

/// A value that can be null, which is not the same as absent.
impl<T: HasSlot> HasSlot for Option<T> {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::Wrapper(place))
    }
}

impl<T: HasSlot> Wrapper for Option<Option<T>> {
    fn fill(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool) {
        let mut inner = None;
        let slot = Slot {
            nullable: true,
            ..T::slot(&mut inner)
        };
        if read(slot) {
            *self = Some(inner);
        }
    }
}
