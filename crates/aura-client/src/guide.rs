//! How to use this client: the three uses of a lead, and what production will ask of you.
//!
//! Each use is a whole program, `examples/` of this crate:
//!
//! - [`show_lead`]: display lead details in an application of yours;
//! - [`commissions`]: calculate commissions on what leads have paid;
//! - [`ownership`]: verify that a lead is yours before anything is done with it.
//!
//! The other pages:
//!
//! - [`errors`]: what can go wrong, what absence means, and what to do about the rest;
//! - [`retries`]: retries, timeouts, and many calls under the rate limit;
//! - [`keys`]: keys that expire, and programs with many keys;
//! - [`layers`]: metrics, propagation headers, and whatever else concerns each attempt;
//! - [`blocking`]: calls from code that is not async;
//! - [`testing`]: tests without a key and without the network;
//! - [`personal_data`]: what keeps personal data and the key out of your logs.

#[doc = include_str!("guide/show_lead.md")]
#[doc = "```"]
#[doc = include_str!("../examples/show_lead.rs")]
#[doc = "```"]
pub mod show_lead {}

#[doc = include_str!("guide/commissions.md")]
#[doc = "```"]
#[doc = include_str!("../examples/commissions.rs")]
#[doc = "```"]
pub mod commissions {}

#[doc = include_str!("guide/ownership.md")]
#[doc = "```"]
#[doc = include_str!("../examples/ownership.rs")]
#[doc = "```"]
pub mod ownership {}

#[doc = include_str!("guide/errors.md")]
pub mod errors {}

#[doc = include_str!("guide/retries.md")]
pub mod retries {}

#[doc = include_str!("guide/keys.md")]
pub mod keys {}

#[doc = include_str!("guide/layers.md")]
pub mod layers {}

#[doc = include_str!("guide/blocking.md")]
pub mod blocking {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/personal_data.md")]
pub mod personal_data {}
