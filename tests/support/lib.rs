//! What the tests of this workspace share.

pub mod answers;
pub mod checkout;
