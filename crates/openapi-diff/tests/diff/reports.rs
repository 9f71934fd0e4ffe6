//! What is reported beside the class: both views at one place, each change once, nothing lost.

use openapi_diff::Compatibility;

use super::compared;
use super::contracts::{AURA, GROWN, edited};

#[test]
fn a_component_used_in_many_places_is_reported_once_with_the_calls_it_reaches() {
    let other = edited(
        GROWN,
        ("        assignee:", "type: string", "type: integer"),
    );
    let found = compared(GROWN, &other);
    assert_eq!(found.changes.len(), 1, "{found:#?}");
    let wire = found.changes[0].wire.as_deref().unwrap_or_default();
    assert!(
        wire.contains("In responses of `create_task`, `get_task` and `list_tasks`."),
        "{wire}"
    );
}

#[test]
fn what_goes_both_ways_is_one_change_that_says_both() {
    let other = edited(
        GROWN,
        ("    Priority:", "[low, high]", "[low, high, urgent]"),
    );
    let found = compared(GROWN, &other);
    assert_eq!(found.changes.len(), 1, "{found:#?}");
    let wire = found.changes[0].wire.as_deref().unwrap_or_default();
    assert!(
        wire.contains("Callers can send one more value. In requests of `create_task`."),
        "{wire}"
    );
    assert!(wire.contains("read the list as closed"), "{wire}");
}

#[test]
fn a_contract_that_is_refused_has_the_view_from_the_wire_and_says_so() {
    let other = edited(
        GROWN,
        (
            "        - name: labels",
            "in: query\n",
            "in: query\n          styel: form\n          explode: false\n",
        ),
    );
    // An example that doesn't fit stands further up, and in nobody's way.
    let other = edited(
        &other,
        (
            "        - name: team",
            "type: string\n",
            "type: string\n          example: 7\n",
        ),
    );
    for (base, head, refused) in [(GROWN, &*other, "head"), (&*other, GROWN, "base")] {
        let found = compared(base, head);
        let mut codes = found.changes.iter().map(|change| change.code);
        assert!(codes.any(|code| code == "request-parameter-style-changed"));
        let says = format!("no client can be generated from {refused} (line 43: ");
        assert!(found.notes[0].starts_with(&says), "{:?}", found.notes);
    }
}

#[test]
fn an_extension_in_a_shared_place_is_one_change_that_says_once_what_it_means() {
    let answer = "        '404': {$ref: '#/components/responses/Gone'}\n";
    let with = |id: &str, text: &str| {
        let before = format!("      operationId: {id}");
        let to = format!("      responses:\n{answer}");
        edited(text, (&before, "      responses:\n", &to))
    };
    let base = with("get_task", &with("update_task", GROWN));
    let component = "  responses:\n    Gone: {description: Gone., x-not-found: GONE}\n";
    let base = edited(
        &base,
        (
            "",
            "  responses:\n    Failed",
            &format!("{component}    Failed"),
        ),
    );
    let head = edited(&base, ("", "x-not-found: GONE", "x-not-found: NO_TASK"));
    let found = compared(&base, &head);
    assert_eq!(found.changes.len(), 1, "{found:#?}");
    let change = &found.changes[0];
    assert_eq!(
        (change.class, change.code),
        (Compatibility::Breaking, "not-found-code-changed")
    );
    assert_eq!(
        change.message,
        "The response `Gone` has `x-not-found` `NO_TASK` now; it had `GONE`."
    );
    assert_eq!(change.wire, None, "nothing changes on the wire");
    assert_eq!(
        change.rust.as_deref(),
        Some("`Error::is_not_found` is true of the code `NO_TASK`; it was of `GONE`")
    );
}

#[test]
fn another_identified_property_is_breaking_in_rust_alone() {
    let property = "        id:\n          type: string\n          format: uuid\n";
    let second =
        format!("{property}        key:\n          type: string\n          format: uuid\n");
    let text = edited(GROWN, ("    Task:\n", property, &second));
    let text = edited(&text, ("    Task:\n", "[id, ", "[id, key, "));
    let identifying = |name: &str| {
        let line = format!("          description: Which.\n          x-identifies: {name}\n");
        edited(
            &text,
            (
                "      operationId: get_task\n",
                "          description: Which.\n",
                &line,
            ),
        )
    };
    let found = compared(&identifying("id"), &identifying("key"));
    assert_eq!(found.changes.len(), 1, "{found:#?}");
    let change = &found.changes[0];
    assert_eq!(
        (change.class, change.code),
        (Compatibility::Breaking, "identified-property-changed")
    );
    assert_eq!(change.wire, None, "nothing changes on the wire");
    assert_eq!(
        change.rust.as_deref(),
        Some("a response is checked by its `key`; it was by its `id`")
    );
}

#[test]
fn pages_and_idempotency_keys_are_reported_by_what_they_do() {
    let paged = |items: &str| {
        let line = format!(
            "      operationId: list_tasks\n      x-pagination: {{cursor: cursor, next: pagination.next_cursor, items: {items}}}\n"
        );
        edited(GROWN, ("", "      operationId: list_tasks\n", &line))
    };
    let second = "                  data:\n                    type: array\n                    items: {type: string}\n                  more:\n";
    let keyed = |line: &str| {
        let header = format!(
            "      summary: Create a task\n      parameters:\n        - name: Key\n          in: header\n          description: A key.\n{line}          schema: {{type: string}}\n"
        );
        edited(GROWN, ("", "      summary: Create a task\n", &header))
    };
    let (without, with) = (keyed(""), keyed("          x-idempotency-key: true\n"));
    let others = edited(&paged("data"), ("", "                  data:\n", second));
    let both = |items: &str| others.replacen("items: data}", &format!("items: {items}}}"), 1);
    for (base, head, class, code, message, rust) in [
        (
            GROWN,
            paged("data").as_str(),
            Compatibility::Additive,
            "pagination-added",
            "`GET /tasks` has `x-pagination` `{\"cursor\":\"cursor\",\"next\":\"pagination.next_cursor\",\"items\":\"data\"}` now; it had none.",
            "`list_tasks_stream` is new",
        ),
        (
            paged("data").as_str(),
            GROWN,
            Compatibility::Breaking,
            "pagination-changed",
            "`GET /tasks` no longer has `x-pagination` `{\"cursor\":\"cursor\",\"next\":\"pagination.next_cursor\",\"items\":\"data\"}`.",
            "`list_tasks_stream` is gone",
        ),
        (
            both("data").as_str(),
            both("more").as_str(),
            Compatibility::Breaking,
            "pagination-changed",
            "",
            "the stream has the items of `more` (it was `data`)",
        ),
        (
            without.as_str(),
            with.as_str(),
            Compatibility::Additive,
            "idempotency-key-added",
            "",
            "the client fills in `Key` for each call, and retries it",
        ),
        (
            with.as_str(),
            without.as_str(),
            Compatibility::Breaking,
            "idempotency-key-removed",
            "",
            "the client no longer fills in `Key`",
        ),
    ] {
        let found = compared(base, head);
        assert_eq!(found.changes.len(), 1, "{found:#?}");
        let change = &found.changes[0];
        assert_eq!((change.class, change.code), (class, code));
        assert_eq!(change.wire, None, "nothing changes on the wire");
        assert_eq!(change.rust.as_deref(), Some(rust));
        assert!(
            message.is_empty() || change.message == message,
            "{}",
            change.message
        );
    }
}

#[test]
fn the_order_of_servers_means_something_in_rust_alone() {
    let listed = |first: &str, second: &str| {
        let servers = format!("  - url: {first}\n  - url: {second}\n");
        edited(GROWN, ("", "  - url: https://api.example.com\n", &servers))
    };
    let (here, there) = ("https://api.example.com", "https://eu.example.com");
    let found = compared(&listed(here, there), &listed(there, here));
    assert_eq!(found.changes.len(), 1, "{found:#?}");
    let change = &found.changes[0];
    assert_eq!(
        (change.class, change.code),
        (Compatibility::Breaking, "rust-api-changed")
    );
    assert_eq!(change.wire, None, "nothing changes on the wire");
    let text =
        "the client's own base URL is `https://eu.example.com`; it was `https://api.example.com`";
    assert_eq!(change.rust.as_deref(), Some(text));
}

#[test]
fn the_order_of_ways_in_means_something_in_rust_alone() {
    let scheme = "    header: {type: apiKey, in: header, name: X-Key}\n    key:\n";
    let text = edited(GROWN, ("  securitySchemes:\n", "    key:\n", scheme));
    let listed = |list: &str| edited(&text, ("", "  - key: []\n", list));
    let base = listed("  - key: []\n  - header: []\n");
    let head = listed("  - header: []\n  - key: []\n");
    let found = compared(&base, &head);
    assert_eq!(found.class, Compatibility::Breaking);
    for change in &found.changes {
        assert_eq!(
            (change.code, &change.wire),
            ("rust-api-changed", &None),
            "{found:#?}"
        );
    }
}

#[test]
fn what_no_rule_knows_is_reported_and_taken_for_breaking() {
    for (anchor, from, to) in [
        (
            "",
            "      operationId: get_task\n",
            "      operationId: get_task\n      requests: {}\n",
        ),
        (
            "    Step:",
            "      type: object\n",
            "      type: object\n      sealed: true\n",
        ),
        ("", "servers:\n", "services: {}\nservers:\n"),
    ] {
        let other = edited(GROWN, (anchor, from, to));
        for (base, head) in [(GROWN, &*other), (&*other, GROWN)] {
            let found = compared(base, head);
            assert_eq!(found.class, Compatibility::Breaking, "{to}: {found:#?}");
            assert_eq!(found.changes[0].code, "unclassified", "{to}: {found:#?}");
        }
    }
}

#[test]
fn components_that_nothing_uses_are_reported_as_such() {
    let other = edited(
        GROWN,
        (
            "",
            "\n  responses:\n",
            "\n  responses:\n    Spare: {description: Not used.}\n",
        ),
    );
    let found = compared(GROWN, &other);
    assert_eq!(found.class, Compatibility::Docs);
    assert_eq!(found.changes[0].code, "unused-component-changed");
    let other = edited(
        GROWN,
        (
            "",
            "    Step:\n",
            "    Spare: {type: object, properties: {a: {type: string}}}\n    Step:\n",
        ),
    );
    let found = compared(GROWN, &other);
    assert_eq!(
        found.class,
        Compatibility::Additive,
        "a type of that name can be used"
    );
    let changed = edited(
        &other,
        (
            "",
            "    Spare: {type: object, properties: {a",
            "    Spare: {type: object, properties: {b",
        ),
    );
    let found = compared(&other, &changed);
    assert_eq!(
        found.class,
        Compatibility::Additive,
        "nobody can have had one: {found:#?}"
    );
}

#[test]
fn two_required_texts_that_change_places_are_reported_though_it_compiles() {
    let other = edited(GROWN, ("    NewTask:", "[title, org]", "[org, title]"));
    let found = compared(GROWN, &other);
    assert_eq!(found.class, Compatibility::Breaking);
    assert_eq!(found.changes[0].code, "required-order-changed");
}

#[test]
fn a_version_that_moved_far_enough_is_no_warning() {
    let other = edited(
        GROWN,
        ("        due_at:", "          format: date-time\n", ""),
    );
    let moved = edited(&other, ("", "version: 1.4.0", "version: 2.0.0"));
    let found = compared(GROWN, &moved);
    assert!(found.notes.is_empty(), "{:?}", found.notes);
    assert_eq!(found.suggested.as_deref(), Some("2.0.0"));
    let short = edited(&other, ("", "version: 1.4.0", "version: 1.5.0"));
    let found = compared(GROWN, &short);
    assert!(
        found.notes[0].contains("1.4.0 to 1.5.0"),
        "{:?}",
        found.notes
    );
}

#[test]
fn what_stands_in_an_example_is_documentation() {
    let other = edited(
        AURA,
        (
            "",
            "                  company: Acme Corp\n",
            "                  company: Acme\n                  team: Sales\n",
        ),
    );
    let found = compared(AURA, &other);
    let codes: Vec<&str> = found.changes.iter().map(|change| change.code).collect();
    assert_eq!(codes, ["example-changed"]);
}

#[test]
fn a_reference_that_leads_to_another_component_is_reported_where_it_stands() {
    let tree = |name: &str, kind: &str| {
        format!(
            "    {name}: {{type: object, properties: {{value: {{type: {kind}}}, next: {{$ref: '#/components/schemas/{name}'}}}}}}\n"
        )
    };
    let trees = format!(
        "{}{}    Step:\n",
        tree("Oak", "string"),
        tree("Elm", "integer")
    );
    let with = edited(GROWN, ("", "    Step:\n", &trees));
    let oak = edited(&with, ("        steps:", "schemas/Step", "schemas/Oak"));
    let elm = edited(&with, ("        steps:", "schemas/Step", "schemas/Elm"));
    let found = compared(&oak, &elm);
    assert_eq!(found.class, Compatibility::Breaking);
    assert_eq!(found.changes.len(), 1, "{found:#?}");
    let change = &found.changes[0];
    assert_eq!(
        change.path,
        "/components/schemas/Task/properties/steps/items"
    );
    assert!(
        change
            .message
            .contains("refers to `Elm` now; it referred to `Oak`"),
        "{change:#?}"
    );
    assert_eq!(
        change.rust.as_deref(),
        Some("`Task::steps`: `Option<Vec<Oak>>` → `Option<Vec<Elm>>`")
    );
}
