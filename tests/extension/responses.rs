//! Responses that are no plain JSON: text, files, and values that depend on the status.

use std::error::Error;

use aura_client::types::{GetExportSuccess, GetExportStatus200, GetExportStatus202};
use aura_client::{Client, ErrorKind, serde_json};
use aura_sandbox::http::{HeaderValue, StatusCode, header::CONTENT_DISPOSITION};
use aura_sandbox::{Fault, Sandbox};

/// Has the next call of an operation answered so.
fn serve(sandbox: &Sandbox, operation: &str, status: u16, body: impl Into<Vec<u8>>) {
    let status = StatusCode::from_u16(status).expect("a status");
    let fault = Fault::answer(status).body(body.into()).on(operation).times(1);
    sandbox.inject(fault).expect("a valid fault");
}

pub async fn all(sandbox: &Sandbox, client: &Client) -> Result<(), Box<dyn Error>> {
    sandbox.clear_requests();
    by_status(sandbox, client).await?;
    text(sandbox, client).await?;
    file(sandbox, client).await?;
    any_json(sandbox, client).await?;

    let accepted: Vec<String> = sandbox
        .requests()
        .iter()
        .map(|request| format!("{:?}", request.headers()["accept"]))
        .collect();
    for accept in [
        "\"application/vnd.aura.export+json, application/json, text/plain\"",
        "\"text/csv; header=present\"",
        "\"application/zip\"",
        "\"application/json;v=2\"",
        "\"application/hal+json\"",
    ] {
        assert!(accepted.iter().any(|found| found == accept), "{accept} in {accepted:?}");
    }

    // Without a described success: any 2xx.
    serve(sandbox, "watch_exports", 200, "hello");
    let () = client.watch_exports().await?.into_inner();
    Ok(())
}

async fn by_status(sandbox: &Sandbox, client: &Client) -> Result<(), Box<dyn Error>> {
    serve(sandbox, "get_export", 200, r#"{"id":"e1","rows":2}"#);
    let export = client.get_export("e1").await?;
    let GetExportSuccess::Status200(done) = &*export else {
        panic!("{export:?}");
    };
    assert_eq!(done.rows, Some(2));
    assert_eq!(serde_json::to_string(&export)?, r#"{"id":"e1","rows":2}"#);

    let pending = r#"{"success":true,"data":{"id":"e1","progress":0.5,"owner":"secret owner"}}"#;
    serve(sandbox, "get_export", 202, pending);
    let export = client.get_export("e1").await?;
    println!("{export:?}");
    let GetExportSuccess::Status202(pending) = export.into_inner() else {
        panic!("another variant");
    };
    assert_eq!(pending.progress, 0.5);

    serve(sandbox, "get_export", 203, "secret words");
    let export = client.get_export("e1").await?;
    println!("{export:?}");
    assert_eq!(*export, GetExportSuccess::Status203("secret words".into()));
    serve(sandbox, "get_export", 204, "");
    assert_eq!(*client.get_export("e1").await?, GetExportSuccess::Status204);

    // What does not fit is read as the type of its status.
    serve(sandbox, "get_export", 200, r#"{"id":"e1","rows":"secret"}"#);
    let error = client.get_export("e1").await.expect_err("it does not fit");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("rows")));
    let salvaged = error.salvage::<GetExportStatus200>();
    assert_eq!(salvaged.expect("the rest fits").value.rows, None);
    assert!(error.salvage::<GetExportStatus202>().is_none());

    // Another export, in whichever variant; and a status of which nothing is known.
    for (status, body, path) in [
        (200, r#"{"id":"secret"}"#, Some("id")),
        (202, r#"{"success":true,"data":{"id":"secret"}}"#, Some("data.id")),
        (201, r#"{"id":"e1"}"#, None),
    ] {
        serve(sandbox, "get_export", status, body);
        let error = client.get_export("e1").await.expect_err(body);
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, path), "{body}");
        assert_eq!(error.body().map(|body| &body[..]), Some(body.as_bytes()));
        println!("{error} {error:?}");
    }
    Ok(())
}

async fn text(sandbox: &Sandbox, client: &Client) -> Result<(), Box<dyn Error>> {
    serve(sandbox, "get_export_table", 200, "name\r\nsecret \u{e9}\r\n");
    let table = client.get_export_table("e1").await?;
    assert_eq!(table.as_str(), "name\r\nsecret \u{e9}\r\n");
    println!("{table:?}");

    serve(sandbox, "get_export_table", 200, *b"name\r\nsecret \xe9\r\n");
    let error = client.get_export_table("e1").await.expect_err("it is no UTF-8");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, None));
    println!("{error} {error:?}");
    Ok(())
}

async fn file(sandbox: &Sandbox, client: &Client) -> Result<(), Box<dyn Error>> {
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let name = HeaderValue::from_static("attachment; filename=\"e1.zip\"");
    let fault = Fault::answer(StatusCode::OK).body(bytes.clone());
    let fault = fault.header(CONTENT_DISPOSITION, name.clone()).on("download_export");
    sandbox.inject(fault.times(2)).expect("a valid fault");

    let mut download = client.download_export("e1").await?;
    assert_eq!(download.headers()[CONTENT_DISPOSITION], name);
    let mut came = Vec::new();
    while let Some(chunk) = download.chunk().await? {
        came.extend_from_slice(&chunk);
    }
    assert_eq!(came, bytes);
    assert_eq!(client.download_export("e1").await?.bytes().await?, bytes);

    let stranger = Client::builder().base_url(sandbox.base_url()).api_key("a").build()?;
    let error = stranger.download_export("e1").await.expect_err("the key is unknown");
    assert!(error.is_unauthorized() && error.code().is_some());
    Ok(())
}

async fn any_json(sandbox: &Sandbox, client: &Client) -> Result<(), Box<dyn Error>> {
    serve(sandbox, "list_exports", 206, r#"[1.10,{"b":1}]"#);
    assert_eq!(client.list_exports().await?.get(), r#"[1.10,{"b":1}]"#);
    serve(sandbox, "list_export_columns", 200, r#"["name",7]"#);
    let columns = client.list_export_columns().await?;
    assert_eq!(columns.iter().map(|json| json.get()).collect::<Vec<_>>(), [r#""name""#, "7"]);
    Ok(())
}
