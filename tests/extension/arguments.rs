//! Sends arguments of every style, and looks at what goes out.

use std::error::Error;

use aura_client::types::{Filter, Range, SavedSearch, SearchParams};
use aura_client::{Client, ErrorKind};
use tokio::net::TcpListener;

use crate::uploads::sent;

pub async fn send_arguments(listener: &TcpListener, client: &Client) -> Result<(), Box<dyn Error>> {
    let mut filter = Filter::new("new & hot");
    filter.tags = Some(vec!["a".into(), "b".into()]);
    let params = SearchParams::new()
        .filter(filter.clone())
        .fields(vec!["id".into(), "a,b".into()])
        .states(vec!["open".into(), "done".into()])
        .where_(filter.clone())
        .next("/v1/leads?page=2")
        .start_less("9")
        .start("8")
        .ending_header("h")
        .x_ids(vec![1, 2]);
    let tags = ["a".to_owned(), "ü/".to_owned()];
    let range = Range::new(1, 9);
    let asked = sent(
        listener,
        client.search_with(&tags[..1], &range, "json", &params),
    )
    .await?;
    let expected = concat!(
        "GET /v1/search/a/;from=1;to=9.json",
        "?filter%5Bstate%5D=new%20%26%20hot&filter%5Btags%5D%5B%5D=a&filter%5Btags%5D%5B%5D=b",
        "&fields=id,a%2Cb&states=open%7Cdone",
        "&where=%7B%22state%22%3A%22new%20%26%20hot%22%2C%22tags%22%3A%5B%22a%22%2C%22b%22%5D%7D",
        "&next=/v1/leads?page=2&Start%3C=9&Start=8 HTTP/1.1\r\n",
    );
    assert!(asked.starts_with(expected), "{asked}");
    assert!(asked.contains("\r\nending: h\r\n"), "{asked}");
    assert!(asked.contains("\r\nx-ids: 1,2\r\n"), "{asked}");

    // No element of a list leads to another endpoint, and neither does an empty list.
    for tags in [&tags[..], &[]] {
        let error = client
            .search(tags, &range, "json")
            .await
            .expect_err("nothing is sent");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    }

    let mut saved = SavedSearch::new("Ada & co");
    saved.filter = Some(filter);
    saved.columns = Some(vec!["id".into(), "e-mail".into()]);
    saved.note = Some(None);
    println!("{:?}", SavedSearch::new("secret search"));
    let form = sent(listener, client.save_search(&saved)).await?;
    assert!(form.starts_with("POST /v1/search HTTP/1.1\r\n"), "{form}");
    assert!(
        form.contains("content-type: application/x-www-form-urlencoded\r\n"),
        "{form}"
    );
    let body = concat!(
        "columns=id&columns=e-mail&filter%5Bstate%5D=new%20%26%20hot&filter%5Btags%5D%5B%5D=a",
        "&filter%5Btags%5D%5B%5D=b&name=Ada%20%26%20co&note=",
    );
    assert!(form.ends_with(&format!("\r\n\r\n{body}")), "{form}");
    Ok(())
}
