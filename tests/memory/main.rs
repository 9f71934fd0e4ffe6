//! Reading a body, whatever it holds, takes memory in proportion to it, strict reading and salvage
//! agree, and no message shows a text of the body. Contracts, faults and requests have bounds of their
//! own.

mod bodies;
mod contracts;
mod service;
mod shapes;

use aura_client::ErrorKind;

use service::Service;

/// Reads a body, and checks what must hold of any.
fn check(service: &Service, title: &str, body: Vec<u8>) {
    let size = body.len();
    let outcome = service.read(body);
    for held in [outcome.held, outcome.held_by_salvage] {
        assert!(held <= bound(size), "{title}: {held} bytes for {size}");
    }
    let Err(error) = outcome.called else {
        return;
    };
    let mut shown = vec![format!(
        "{error} {error:?} {error:#?} {:?}",
        error.json_path()
    )];
    match (error.kind(), &outcome.salvaged) {
        (ErrorKind::Decode, Some(salvaged)) => {
            assert!(!salvaged.anomalies.is_empty(), "{title}: {error}");
            shown.push(format!("{salvaged:?} {salvaged:#?}"));
            let anomalies = salvaged.anomalies.iter();
            shown.extend(anomalies.map(|anomaly| format!("{anomaly} {anomaly:?}")));
        }
        (ErrorKind::Decode, None) => {}
        (ErrorKind::Api | ErrorKind::BodyTooLarge, None) => {}
        (kind, _) => panic!("{title}: {kind:?} is no outcome of a body"),
    }
    for shown in shown {
        assert!(!shown.contains(bodies::MARK), "{title}: {shown}");
        assert!(!shown.contains(bodies::NUMBER), "{title}: {shown}");
    }
}

/// The most that reading a body of this size may hold: elements of lists take 8 times the body and
/// 8 MiB, and as a list grows by a half, both the old and the new one are held for a moment; the body
/// itself, while it comes, takes up to 3 times its size, and the texts in the value one more.
fn bound(size: usize) -> usize {
    let elements = 8 * size + (8 << 20);
    elements * 5 / 2 + 4 * size
}
