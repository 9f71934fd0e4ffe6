//! What strangers write, in any shape: it is taken or refused, and nothing panics or hangs.

mod body;
mod contract;
mod fault;
mod spec;
