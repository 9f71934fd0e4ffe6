//! Sends a request body of every kind, and looks at what goes out.

use std::error::Error;

use aura_client::serde_json::json;
use aura_client::types::{PutBlobParams, PutMemoParams, PutScoreParams, UpdateNote};
use aura_client::{Client, ErrorKind, Json, Multipart, Part, Upload, uuid::Uuid};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::arguments;

pub async fn send_bodies() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let client = Client::builder()
        .api_key("aura_pk_test_1")
        .base_url(base_url)
        .build()?;
    let id = Uuid::nil();

    let mut note = UpdateNote::new();
    note.content = Some(None);
    let sent = sent(&listener, client.merge_profile(&id, &note)).await?;
    assert_request(&sent, "application/merge-patch+json", r#"{"content":null}"#);

    let png = self::sent(&listener, client.put_photo(&id, vec![b'x'; 3])).await?;
    assert_request(&png, "image/png", "xxx");
    let jpeg = Upload::from("xy").content_type("image/jpeg");
    let jpeg = self::sent(&listener, client.put_photo(&id, jpeg)).await?;
    assert_request(&jpeg, "image/jpeg", "xy");

    let form = Multipart::new()
        .text("title", "March")
        .json("note", &note)
        .text("tags", "a")
        .text("tags", "b")
        .file(
            "file",
            Part::bytes("%PDF")
                .file_name("a.pdf")
                .content_type("application/pdf"),
        );
    println!("{form:?}");
    let form = self::sent(&listener, client.add_file(&id, form)).await?;
    let (head, body) = form.split_once("\r\n\r\n").ok_or("it has a head")?;
    assert!(
        head.contains("content-type: multipart/form-data; boundary="),
        "{head}"
    );
    assert_eq!(body.matches("name=\"tags\"").count(), 2, "{body}");
    assert!(
        body.contains("filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n"),
        "{body}"
    );

    let csv = self::sent(&listener, client.import_leads("id\n1\n")).await?;
    assert_request(&csv, "text/csv", "id\n1\n");
    let memo = PutMemoParams::new().body("é");
    let memo = self::sent(&listener, client.put_memo_with(&memo)).await?;
    assert_request(&memo, "text/plain; charset=utf-8", "é");
    let state = self::sent(&listener, client.put_state(&Json::new(json!(null))?)).await?;
    assert_request(&state, "application/json", "null");
    let score = PutScoreParams::new().body(0);
    let score = self::sent(&listener, client.put_score_with(&score)).await?;
    assert_request(&score, "application/json; charset=utf-8", "0");

    // What can be left out.
    let params = PutBlobParams::new().kind("x");
    for nothing in [
        self::sent(&listener, client.put_blob_with(None, &params)).await?,
        self::sent(&listener, client.put_memo()).await?,
        self::sent(&listener, client.put_score()).await?,
    ] {
        assert!(
            nothing.ends_with("\r\n\r\n") && !nothing.contains("content-type"),
            "{nothing}"
        );
    }
    let gif = Upload::from("x").content_type("image/gif");
    let gif = self::sent(&listener, client.put_blob(Some(gif))).await?;
    assert_request(&gif, "image/gif", "x");
    let unnamed = client
        .put_blob(Some("x".into()))
        .await
        .expect_err("of which type?");
    assert_eq!(
        (unnamed.kind(), unnamed.attempts()),
        (ErrorKind::Request, 0)
    );
    arguments::send_arguments(&listener, &client).await
}

fn assert_request(request: &str, content_type: &str, body: &str) {
    assert!(
        request.contains(&format!("content-type: {content_type}\r\n")),
        "{request}"
    );
    assert!(request.ends_with(&format!("\r\n\r\n{body}")), "{request}");
}

/// Makes a call, and returns the request that it sends.
pub async fn sent<T>(
    listener: &TcpListener,
    call: impl Future<Output = Result<T, aura_client::Error>>,
) -> Result<String, Box<dyn Error>> {
    let served = async {
        let (mut stream, _) = listener.accept().await?;
        let mut bytes = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "));
                if body.len() >= length.map_or(Ok(0), str::parse)? {
                    let gone = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
                    stream.write_all(gone).await?;
                    return Ok(text);
                }
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Err("the client hung up".into());
            }
        }
    };
    let (request, outcome): (Result<String, Box<dyn Error>>, _) = tokio::join!(served, call);
    outcome?;
    request
}
