use std::task::Poll;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use serde::ser::Error as _;

use super::*;

const BROKEN: &str = "ada@example.com";

/// All that is sent, or why it breaks off.
async fn sent(upload: impl Into<Upload>) -> Result<(String, String), &'static str> {
    let (content, content_type) = upload.into().into_parts()?;
    let content_type = content_type.map(|value| value.to_str().expect("text").to_owned());
    let mut body = Vec::new();
    match content {
        Content::Bytes(bytes) => body.extend(bytes),
        Content::Stream(mut chunks) => {
            while let Some(chunk) = chunks.next().await {
                body.extend(chunk?);
            }
        }
    }
    let body = String::from_utf8(body).expect("text");
    Ok((body, content_type.unwrap_or_default()))
}

fn chunks(texts: &'static [&'static str]) -> impl Stream<Item = Result<Bytes, String>> {
    stream::iter(texts.iter().map(|text| match *text {
        BROKEN => Err(BROKEN.to_owned()),
        text => Ok(Bytes::from(text)),
    }))
}

#[tokio::test]
async fn writes_parts_as_browsers_do() {
    let form = Multipart::new()
        .text("title", "a \"b\"\r\nc")
        .json("labels", &["x"])
        .file("plan", "1")
        .file(
            "scan\"\r\nX-Evil: 1",
            Part::bytes("2")
                .file_name("é\"\n.png")
                .content_type("image/png"),
        );
    let (body, content_type) = sent(form).await.expect("valid");
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("it has one");

    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na \"b\"\r\nc\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"labels\"\r\nContent-Type: application/json\r\n\r\n[\"x\"]\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"plan\"; filename=\"plan\"\r\nContent-Type: application/octet-stream\r\n\r\n1\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"scan%22%0D%0AX-Evil: 1\"; filename=\"é%22%0A.png\"\r\nContent-Type: image/png\r\n\r\n2\r\n\
         --{boundary}--\r\n"
    );
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_form_without_parts_ends_at_once() {
    let (body, _) = sent(Multipart::new()).await.expect("valid");
    assert!(body.starts_with("--aura-") && body.ends_with("--\r\n"));
    assert!(!body.trim_end().contains("\r\n"));
}

#[tokio::test]
async fn a_form_is_as_long_as_it_says() {
    let form = |length: Option<u64>| {
        let part = Part::stream(chunks(&["ab", "", "c"]));
        let part = match length {
            Some(length) => part.length(length),
            None => part,
        };
        let form = Multipart::new().text("a", "1").file("b", part);
        Upload::from(form.file("c", Part::bytes("2")))
    };
    assert_eq!(form(None).content.length(), None);
    let said = form(Some(3)).content.length().expect("all parts say it");
    let (body, _) = sent(form(Some(3))).await.expect("it fits");
    assert_eq!(body.len() as u64, said);
    assert!(body.contains("\r\n\r\nabc\r\n--aura-"), "{body}");
    for wrong in [0, 2, 4] {
        sent(form(Some(wrong))).await.expect_err("it does not fit");
    }
}

#[test]
fn bytes_are_repeatable_and_streams_are_not() {
    let stream = || Upload::stream(chunks(&["a"]));
    for (upload, repeatable) in [
        (Upload::from("a"), true),
        (stream(), false),
        (Multipart::new().file("a", "b").into(), true),
        (Multipart::new().file("a", stream()).into(), false),
    ] {
        assert_eq!(upload.content.is_repeatable(), repeatable, "{upload:?}");
    }
    let mut content = Upload::from("a").content;
    for _ in 0..2 {
        assert!(matches!(content.take(), Content::Bytes(bytes) if bytes == "a"));
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_reported_without_quoting_it() {
    struct Unwritable;
    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(S::Error::custom(BROKEN))
        }
    }
    let form = Multipart::new;
    let text = Upload::from("a");
    for upload in [
        text.content_type("text/csv\r\nX-Evil: 1"),
        Upload::from("a").content_type("image/*"),
        Upload::from("a").content_type("image"),
        Upload::from("a").content_type(""),
        Upload::from("a").content_type("text/plain; x=é"),
        form()
            .file("a", Part::bytes("b").content_type("a b/c"))
            .into(),
        form().json("a", &Unwritable).into(),
        Upload::stream(chunks(&["a", BROKEN])),
        form().file("a", Part::stream(chunks(&[BROKEN]))).into(),
    ] {
        let problem = sent(upload).await.expect_err("it cannot be sent");
        assert!(!problem.contains("ada"), "{problem}");
    }
}

#[test]
fn debug_shows_sizes_and_counts_alone() {
    let form = || {
        Multipart::new()
            .text("secret", "secret")
            .file("secret", Part::bytes("secret").file_name("secret"))
    };
    let shown = [
        format!("{:?}", Upload::from("secret").content_type("x/secret")),
        format!("{:?}", Upload::stream(chunks(&["secret"]))),
        format!("{:?}", Upload::stream(chunks(&["secret"])).length(6)),
        format!("{:?}", Part::bytes("secret").file_name("secret")),
        format!("{:?}", form()),
    ];
    let expected = [
        "Upload(6 bytes)",
        "Upload(a stream)",
        "Upload(6 bytes)",
        "Part(6 bytes)",
        "Multipart { parts: 2 }",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn uploads_cross_threads_and_take_any_stream() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    // A stream that is `Send` alone.
    let cell = std::cell::Cell::new(0);
    let stream = stream::poll_fn(move |_| {
        cell.set(cell.get() + 1);
        Poll::Ready(None::<Result<Vec<u8>, ()>>)
    });
    let upload = Upload::stream(stream);
    shared(&upload);
    shared(&Multipart::new().file("a", upload));
}
