//! A page for each thing that is worth knowing before production does the telling.

#[doc = include_str!("guide/errors.md")]
pub mod errors {}

#[doc = include_str!("guide/retries.md")]
pub mod retries {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/personal_data.md")]
pub mod personal_data {}
