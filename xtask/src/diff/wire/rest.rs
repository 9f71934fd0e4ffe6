//! What the walk has not come by: components that nothing uses, and what no rule knows.

use serde_json::Value;

use super::walk::Walk;
use crate::diff::place::Spot;
use crate::diff::rules;
use crate::load::Pointer;
use crate::spec::Located;

/// Tells differences in places where the walk has not been.
pub fn compare(walk: &mut Walk<'_>) {
    walk.way = None;
    let (Some(old), Some(new)) = (walk.base.as_object(), walk.head.as_object()) else {
        return;
    };
    let at = |object| Located {
        pointer: Pointer::ROOT,
        object,
    };
    objects(walk, &at(old), &at(new));
}

fn objects(walk: &mut Walk<'_>, old: &Located<'_>, new: &Located<'_>) {
    if old.object == new.object {
        return;
    }
    for key in super::walk::keys(old, new) {
        let (was, is) = (old.object.get(key), new.object.get(key));
        if was == is {
            continue;
        }
        let (before, now) = (old.pointer.child(key), new.pointer.child(key));
        if let (Some(Value::Object(was)), Some(Value::Object(is))) = (was, is) {
            let inside = |pointer: Pointer, object| Located { pointer, object };
            objects(walk, &inside(before, was), &inside(now, is));
        } else if !told(walk, old, new, &before, &now) {
            unseen(walk, &now, was, is);
        }
    }
}

/// Whether somebody has seen to a difference: to the object that has the key, or to the value.
fn told(
    walk: &Walk<'_>,
    old: &Located<'_>,
    new: &Located<'_>,
    before: &Pointer,
    now: &Pointer,
) -> bool {
    let spots = [
        Spot::base(before),
        Spot::head(now),
        Spot::base(&old.pointer),
        Spot::head(&new.pointer),
    ];
    let components = new
        .pointer
        .parts()
        .first()
        .is_some_and(|part| part == "components");
    spots
        .iter()
        // A component that came or went is not seen to by those who see the list.
        .take(if components && new.pointer.parts().len() <= 2 {
            2
        } else {
            4
        })
        .any(|spot| walk.has_seen(spot) || walk.claimed.contains_key(spot))
}

fn unseen(walk: &mut Walk<'_>, at: &Pointer, was: Option<&Value>, is: Option<&Value>) {
    let unused = at.parts().first().is_some_and(|part| part == "components");
    let rule = if unused {
        &rules::UNUSED
    } else {
        &rules::UNCLASSIFIED
    };
    let by = if unused {
        ", and no operation uses it"
    } else {
        ""
    };
    match (was, is) {
        (Some(_), None) => {
            let near = at.parent().unwrap_or_default();
            walk.tell_gone(rule, at, &near, format!("is gone{by}"));
        }
        (None, _) => {
            walk.tell_new(rule, at, format!("is new{by}"));
        }
        _ => {
            walk.tell(rule, at, at, format!("is not what it was{by}"));
        }
    }
}
