//! The page as files, which open without a server.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use aura_contract::Contract;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use bytes::Bytes;
use futures_util::FutureExt;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use serde_json::json;

use super::page::{Layout, SCRIPT, document};
use super::{ASSETS, assets};

const LAYOUT: Layout = Layout {
    kind: "exported",
    assets: "assets",
    openapi: "openapi.json",
};

const INDEX: &str = "index.html";
/// What [`INDEX`] has in it, and no other page.
const MARK: &str = r#"<meta name="generator" content="aura-sandbox">"#;
/// Where everything is written before it takes its place.
const STAGING: &str = ".aura-export";

/// Writes the page of `/docs` into a folder, as files that open without a server, and returns where
/// its `index.html` is. The page shows no key, and nothing can be tried out on it.
///
/// Creates the folder if it is missing. Replaces an earlier export and leaves other files beside it
/// alone.
///
/// # Errors
///
/// If the folder holds something and is no earlier export, or cannot be written to. All content is
/// on the disk before the first file is replaced, so a full disk changes nothing.
pub fn export(contract: &Contract, folder: &Path) -> io::Result<PathBuf> {
    let written = files(contract).and_then(|files| write(folder, &files));
    written
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))?;
    Ok(folder.join(INDEX))
}

/// Names and contents, `index.html` last.
fn files(contract: &Contract) -> io::Result<Vec<(&'static str, Bytes)>> {
    let document = document(contract);
    let page = LAYOUT.page(contract, json!({ "document": document }));
    Ok(vec![
        ("assets/swagger-ui.css", vendored("swagger-ui.css")?),
        (
            "assets/swagger-ui-bundle.js",
            vendored("swagger-ui-bundle.js")?,
        ),
        ("assets/sandbox.js", SCRIPT.into()),
        (LAYOUT.openapi, format!("{document:#}\n").into()),
        (INDEX, page.into()),
    ])
}

/// A file of Swagger UI, which its crate only serves.
fn vendored(name: &str) -> io::Result<Bytes> {
    let request = Request::get(format!("{ASSETS}/{name}")).body(Body::empty());
    let request = request.map_err(io::Error::other)?;
    let read = async {
        let Ok(response) = TowerToHyperService::new(assets()).call(request).await;
        let found = response.status().is_success();
        let content = to_bytes(response.into_body(), usize::MAX).await.ok();
        content.filter(|_| found)
    };
    // It is in memory: there is nothing to wait for.
    let content = read.now_or_never().flatten();
    content.ok_or_else(|| io::Error::other(format!("Swagger UI has no {name}")))
}

fn write(folder: &Path, files: &[(&str, Bytes)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if !is_free(folder)? {
        let problem = "it is neither empty nor an earlier export; name an empty folder";
        return Err(io::Error::new(io::ErrorKind::DirectoryNotEmpty, problem));
    }
    let staging = folder.join(STAGING);
    let written = replace(folder, &staging, files);
    let removed = fs::remove_dir_all(&staging);
    written.and(removed)
}

/// All new content is on the disk before the first file takes its place.
fn replace(folder: &Path, staging: &Path, files: &[(&str, Bytes)]) -> io::Result<()> {
    for folder in [staging, folder] {
        fs::create_dir_all(folder.join(LAYOUT.assets))?;
    }
    for (name, content) in files {
        fs::write(staging.join(name), content)?;
    }
    let mut names = files.iter().map(|(name, _)| name);
    names.try_for_each(|name| fs::rename(staging.join(name), folder.join(name)))
}

/// Whether writing here takes nothing away: the folder is empty, or an earlier export.
fn is_free(folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        if entry?.file_name() != STAGING {
            let index = fs::read_to_string(folder.join(INDEX));
            return Ok(index.is_ok_and(|page| page.contains(MARK)));
        }
    }
    Ok(true)
}
