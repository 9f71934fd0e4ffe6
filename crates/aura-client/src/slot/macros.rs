//! What makes a type one that can be read: one macro call each.
#![allow(
    unused_macros,
    reason = "which kinds of types exist is up to the contract"
)]

/// Makes a struct readable.
///
/// A line names each field, says whether it may be missing, and gives its name in JSON. `..extra`
/// names the field that keeps all other members; without it they are ignored.
macro_rules! object {
    ($type:ident { $($how:ident $field:ident $name:literal,)* $(..$extra:ident)? }) => {
        impl crate::slot::Object for ::std::option::Option<$type> {
            fn fill(
                &mut self,
                read: &mut dyn FnMut(crate::slot::Members<'_, '_>) -> bool,
            ) -> ::std::result::Result<(), &'static str> {
                $(let mut $field = ::std::option::Option::None;)*
                $(let mut $extra = ::std::default::Default::default();)?
                if read(crate::slot::Members {
                    names: &[$($name),*],
                    slots: &mut [$(crate::slot::Slot::$how(&mut $field)),*],
                    rest: crate::slot::object!(@rest $($extra)?),
                }) {
                    $(let $field = crate::slot::object!(@$how $field $name);)*
                    *self = ::std::option::Option::Some($type { $($field,)* $($extra)? });
                }
                ::std::result::Result::Ok(())
            }
        }

        crate::slot::has_slot!(Object $type);
        crate::slot::deserialize!($type);
    };
    (@rest $extra:ident) => { crate::slot::AsRest::as_rest(&mut $extra) };
    (@rest) => { crate::slot::Rest::Ignored };
    (@required $field:ident $name:literal) => { $field.ok_or($name)? };
    (@optional $field:ident $name:literal) => { $field };
    (@nullable $field:ident $name:literal) => { $field };
}

/// Makes a struct readable that is a name for another type.
macro_rules! newtype {
    ($type:ident) => {
        impl crate::slot::Inner for ::std::option::Option<$type> {
            fn fill(&mut self, read: &mut dyn FnMut(crate::slot::Slot<'_>) -> bool) -> bool {
                let mut inner = ::std::option::Option::None;
                let fits = read(crate::slot::HasSlot::slot(&mut inner));
                *self = inner.map($type);
                fits
            }
        }

        crate::slot::has_slot!(Wrapper $type);
        crate::slot::deserialize!($type);
    };
}

/// Makes an enum readable that holds one of several types: the first that fits.
macro_rules! one_of {
    ($type:ident { $($variant:ident,)* }) => {
        impl crate::slot::Inner for ::std::option::Option<$type> {
            fn fill(&mut self, read: &mut dyn FnMut(crate::slot::Slot<'_>) -> bool) -> bool {
                $({
                    let mut inner = ::std::option::Option::None;
                    if read(crate::slot::HasSlot::slot(&mut inner)) {
                        *self = inner.map($type::$variant);
                        return true;
                    }
                })*
                false
            }
        }

        crate::slot::has_slot!(OneOf $type);
        crate::slot::deserialize!($type);
    };
}

/// Makes an enum readable that holds the one of several types that a member names.
macro_rules! tagged {
    ($type:ident {
        by $property:literal,
        $($tag:literal is $variant:ident,)*
        other $unknown:ident
    }) => {
        impl crate::slot::Tagged for ::std::option::Option<$type> {
            fn property(&self) -> &'static str {
                $property
            }

            fn fill(
                &mut self,
                tag: ::std::option::Option<&str>,
                read: &mut dyn FnMut(crate::slot::Slot<'_>) -> bool,
            ) {
                match tag {
                    $(::std::option::Option::Some($tag) => {
                        let mut inner = ::std::option::Option::None;
                        read(crate::slot::HasSlot::slot(&mut inner));
                        *self = inner.map($type::$variant);
                    })*
                    _ => {
                        let mut inner = ::std::option::Option::None;
                        read(crate::slot::HasSlot::slot(&mut inner));
                        *self = inner.map($type::$unknown);
                    }
                }
            }
        }

        crate::slot::has_slot!(Tagged $type);
        crate::slot::deserialize!($type);
    };
}

/// Makes an enum of strings readable.
macro_rules! string_enum {
    ($type:ident) => {
        impl crate::slot::Leaf for ::std::option::Option<$type> {
            fn expected(&self) -> &'static str {
                "one of the contract's values"
            }

            fn set(&mut self, text: &str) -> ::std::result::Result<(), &'static str> {
                crate::slot::set_text(self, text)
            }
        }

        crate::slot::has_slot!(Text $type);
        crate::slot::deserialize!($type);
    };
}

/// Gives types slots with this target.
macro_rules! has_slot {
    ($target:ident $($type:ty)*) => {
        $(
            impl crate::slot::HasSlot for $type {
                fn slot(place: &mut ::std::option::Option<Self>) -> crate::slot::Slot<'_> {
                    crate::slot::Slot::new(crate::slot::Target::$target(place))
                }
            }
        )*
    };
}

macro_rules! deserialize {
    ($type:ident) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::decode::deserialize(from)
            }
        }
    };
}

pub(crate) use {deserialize, has_slot, newtype, object, one_of, string_enum, tagged};
