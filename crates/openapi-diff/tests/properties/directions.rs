//! A change and its reverse.

use bolero::check;
use openapi_diff::Compatibility;

use super::model::{Contract, Style};
use super::{compared, listed, wire};

#[test]
fn more_is_additive_where_it_is_sent_and_breaking_where_it_comes_back() {
    check!().with_type::<Contract>().for_each(|contract| {
        for (way, classes) in [
            ("sent", [Compatibility::Additive, Compatibility::Breaking]),
            (
                "received",
                [Compatibility::Breaking, Compatibility::Additive],
            ),
        ] {
            let mut wider = contract.clone();
            let schema = match way {
                "sent" => &mut wider.sent,
                _ => &mut wider.received,
            };
            if !schema.widen() {
                continue;
            }
            let (narrow, wide) = (contract.written(Style::PLAIN), wider.written(Style::PLAIN));
            for (base, head, class) in [(&narrow, &wide, classes[0]), (&wide, &narrow, classes[1])]
            {
                let found = compared(base, head);
                assert_eq!(
                    wire(&found),
                    class,
                    "{way}\n{}{base}\n{head}",
                    listed(&found)
                );
                let codes = found
                    .changes
                    .iter()
                    .filter(|change| change.class > Compatibility::Docs);
                assert_eq!(codes.count(), 1, "{way}\n{}{base}\n{head}", listed(&found));
            }
        }
    });
}

#[test]
fn what_is_new_one_way_is_gone_the_other() {
    check!()
        .with_type::<(Contract, Contract)>()
        .for_each(|(one, other)| {
            let (one, other) = (one.written(Style::PLAIN), other.written(Style::PLAIN));
            let (there, back) = (compared(&one, &other), compared(&other, &one));
            let quiet = |class| class == Compatibility::Identical;
            assert_eq!(
                quiet(wire(&there)),
                quiet(wire(&back)),
                "{}---\n{}{one}\n{other}",
                listed(&there),
                listed(&back)
            );
        });
}
