//! What the tests of this workspace share.

pub mod aura;
pub mod checkout;
