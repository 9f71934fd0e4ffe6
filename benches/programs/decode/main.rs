//! Reads bodies without a call around it, in three ways. Times each, or with `HOW ORDER BYTES TIMES`
//! just reads one so many times, for a tool that counts.

use std::{env, hint};

use aura_client::types::Lead;
use body::Order;
use divan::Bencher;
use divan::counter::BytesCount;
use serde::Deserialize;

// What `cargo progenitor` writes.
#[allow(dead_code, clippy::all, reason = "as it was generated")]
#[path = "../progenitor/client.rs"]
#[rustfmt::skip]
mod progenitor;

const SIZES: [usize; 3] = [2_600, 44_000, 5_000_000];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [how, order, bytes, times] = arguments[..] else {
        return divan::main();
    };
    let order = match order {
        "sorted" => Order::Sorted,
        "shuffled" => Order::Shuffled,
        "reversed" => Order::Reversed,
        _ => panic!("no such order: {order}"),
    };
    let body = body::in_order(&body::of_size(bytes.parse().expect("a number")), order);
    let read = match how {
        "plain" => plain,
        "public" => public,
        "own" => own,
        _ => panic!("no such way to read: {how}"),
    };
    for _ in 0..times.parse().expect("a number") {
        read(hint::black_box(&body));
    }
}

/// Plain derived types, which drop what they don't name.
fn plain(body: &str) {
    let read: progenitor::types::GetLeadResponse =
        serde_json::from_str(body).expect("the body fits");
    hint::black_box(read);
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "just read")]
struct Envelope {
    data: Lead,
    success: bool,
}

/// The client's types by their public `Deserialize`.
fn public(body: &str) {
    let read: Envelope = serde_json::from_str(body).expect("the body fits");
    hint::black_box(read);
}

/// As a call of the client reads, from bytes.
fn own(body: &str) {
    let read: Lead = own::decode(body.as_bytes()).expect("the body fits");
    hint::black_box(read);
}

#[divan::bench(args = SIZES)]
fn plain_types(bencher: Bencher<'_, '_>, bytes: usize) {
    time(bencher, bytes, plain);
}

#[divan::bench(args = SIZES)]
fn public_deserialize(bencher: Bencher<'_, '_>, bytes: usize) {
    time(bencher, bytes, public);
}

#[divan::bench(args = SIZES)]
fn own_reader(bencher: Bencher<'_, '_>, bytes: usize) {
    time(bencher, bytes, own);
}

fn time(bencher: Bencher<'_, '_>, bytes: usize, read: fn(&str)) {
    let body = body::of_size(bytes);
    bencher
        .counter(BytesCount::of_str(&body))
        .bench(|| read(&body));
}
