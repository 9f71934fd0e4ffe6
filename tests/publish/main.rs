//! What strangers get of the published crates: their licences, front pages, versions and trees.

mod crates;
mod pages;
mod recipes;
mod trees;
mod versions;
