//! Reads bodies of three sizes with plain derived code, without a call around it: into the types of
//! aura-client, which keep what the contract doesn't name, and into progenitor's, which drop it.

use divan::Bencher;
use divan::counter::BytesCount;
use serde::Deserialize;
use serde::de::DeserializeOwned;

// What `cargo progenitor` writes.
#[allow(dead_code, clippy::all, reason = "as it was generated")]
#[path = "../progenitor/client.rs"]
#[rustfmt::skip]
mod progenitor;

const SIZES: [usize; 3] = [2_600, 44_000, 5_000_000];

fn main() {
    divan::main();
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "just read")]
struct Envelope {
    data: aura_client::types::Lead,
    success: bool,
}

#[divan::bench(args = SIZES)]
fn keeps_unknown_fields(bencher: Bencher<'_, '_>, bytes: usize) {
    read::<Envelope>(bencher, bytes);
}

#[divan::bench(args = SIZES)]
fn drops_unknown_fields(bencher: Bencher<'_, '_>, bytes: usize) {
    read::<progenitor::types::GetLeadResponse>(bencher, bytes);
}

fn read<T: DeserializeOwned>(bencher: Bencher<'_, '_>, bytes: usize) {
    let body = body::of_size(bytes);
    bencher
        .counter(BytesCount::of_str(&body))
        .bench(|| serde_json::from_str::<T>(&body).expect("the body fits"));
}
