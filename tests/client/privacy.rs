//! Neither the key nor anything personal is printed.

use aura_client::serde_json::{Value, json};

use super::{KEY, id, page_lead, with_lead};

/// Where the contract marks a property as sensitive.
const SENSITIVE: [&str; 29] = [
    "/email",
    "/phone",
    "/full_name",
    "/metadata/city",
    "/metadata/region",
    "/metadata/ipAddress",
    "/metadata/userAgent",
    "/metadata/dclid",
    "/metadata/epik",
    "/metadata/fbclid",
    "/metadata/gbraid",
    "/metadata/gclid",
    "/metadata/hyclid",
    "/metadata/liFatId",
    "/metadata/msclkid",
    "/metadata/rdtCid",
    "/metadata/scCid",
    "/metadata/ttclid",
    "/metadata/twclid",
    "/metadata/wbraid",
    "/metadata/yclid",
    "/metadata/ref",
    "/metadata/referrer",
    "/source/referrer",
    "/notes/0/content",
    "/disqualification_data/triggering_field/value",
    "/custom",
    "/metadata/custom",
    "/notes/0/custom",
];

#[tokio::test]
async fn debug_shows_that_a_field_is_there_and_not_what_it_holds() {
    let mut lead = page_lead();
    lead["metadata"]["latitude"] = json!(48.137_154);
    lead["metadata"]["longitude"] = json!(11.576_124);
    for (n, place) in SENSITIVE.iter().enumerate() {
        let (parent, key) = place.rsplit_once('/').expect("a path");
        let parent = lead.pointer_mut(parent).expect("the page has it");
        parent[key] = Value::String(format!("secret-{n}-"));
    }
    let (_server, client) = with_lead(&lead).await;
    let lead = client.get_lead(&id()).await.expect("it fits");
    for shown in [
        format!("{lead:?}"),
        format!("{lead:#?}"),
        format!("{:?}", *lead),
    ] {
        for (n, place) in SENSITIVE.iter().enumerate() {
            assert!(
                !shown.contains(&format!("secret-{n}-")),
                "{place} in {shown}"
            );
        }
        assert!(
            !shown.contains("48.13") && !shown.contains("11.57"),
            "{shown}"
        );
        assert!(
            shown.contains("[redacted]") && shown.contains("Extra(1)") && !shown.contains("custom"),
            "{shown}"
        );
        assert!(shown.contains(super::ID), "what is not personal is shown");
    }
}

#[tokio::test]
async fn the_key_is_in_no_debug() {
    let (_server, client) = with_lead(&page_lead()).await;
    let response = client.get_lead(&id()).await.expect("it fits");
    let builder = aura_client::Client::builder().api_key(KEY);
    for shown in [
        format!("{client:?}"),
        format!("{response:?}"),
        format!("{builder:?}"),
    ] {
        assert!(!shown.contains(KEY), "{shown}");
    }
}
