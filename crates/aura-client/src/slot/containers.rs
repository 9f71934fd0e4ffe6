//! Slots of lists, maps and values around others.

use std::collections::HashMap;

use super::{AsRest, HasSlot, Inner, Members, Object, Parts, Rest, Slot, Target, has_slot};
use crate::{Extra, Json};

has_slot!(Json Json);
has_slot!(Object Extra);

impl AsRest for Extra {
    fn as_rest(&mut self) -> Rest<'_> {
        Rest::Extra(self)
    }
}

impl<T: HasSlot> HasSlot for Vec<T> {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::List(place))
    }
}

/// From how many bytes on a list grows by a half instead of to double: the room ahead counts as
/// memory too.
const LARGE: usize = 1 << 16;

impl<T: HasSlot> Parts for Option<Vec<T>> {
    fn begin(&mut self) -> usize {
        *self = Some(Vec::new());
        size_of::<T>()
    }

    fn add(&mut self, _: &str, read: &mut dyn FnMut(Slot<'_>) -> bool) {
        let mut element = None;
        if read(T::slot(&mut element)) {
            let list = self.get_or_insert_default();
            if list.len() == list.capacity() && list.len() * size_of::<T>() > LARGE {
                list.reserve_exact(list.len() / 2);
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

impl<T: HasSlot> AsRest for HashMap<String, T> {
    fn as_rest(&mut self) -> Rest<'_> {
        Rest::Entries(self)
    }
}

impl<T: HasSlot> Parts for HashMap<String, T> {
    fn begin(&mut self) -> usize {
        // The table grows to twice what it holds.
        2 * size_of::<(String, T)>()
    }

    fn add(&mut self, name: &str, read: &mut dyn FnMut(Slot<'_>) -> bool) {
        let mut value = None;
        if read(T::slot(&mut value)) {
            self.extend(value.map(|value| (name.to_owned(), value)));
        }
    }
}

/// An object of which the contract names no member.
impl<T: AsRest> Object for Option<T> {
    fn fill(&mut self, read: &mut dyn FnMut(Members<'_, '_>) -> bool) -> Result<(), &'static str> {
        let mut all = T::default();
        let members = Members {
            names: &[],
            slots: &mut [],
            rest: all.as_rest(),
        };
        *self = read(members).then_some(all);
        Ok(())
    }
}

impl<T: HasSlot> HasSlot for Box<T> {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::Wrapper(place))
    }
}

impl<T: HasSlot> Inner for Option<Box<T>> {
    fn fill(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        let mut inner = None;
        let fits = read(T::slot(&mut inner));
        *self = inner.map(Box::new);
        fits
    }
}

/// A value that can be null, which is not the same as absent.
impl<T: HasSlot> HasSlot for Option<T> {
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::new(Target::Wrapper(place))
    }
}

impl<T: HasSlot> Inner for Option<Option<T>> {
    fn fill(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        let mut inner = None;
        let fits = read(Slot {
            nullable: true,
            ..T::slot(&mut inner)
        });
        *self = fits.then_some(inner);
        fits
    }
}
