//! `aura`: the Aura API from the command line.

fn main() {}
