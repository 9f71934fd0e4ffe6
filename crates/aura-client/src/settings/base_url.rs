//! The base URL: which ones are taken, and how a path is put behind one.
//!
//! A URL that is refused is never quoted: it may hold a password.

use std::net::Ipv6Addr;

use url::{Host, Url};

/// Reads a base URL; the error says in words for people what is wrong with it. `http_host` is one
/// that may be asked without TLS.
pub(crate) fn parse(text: &str, http_host: Option<&Host>) -> Result<Url, &'static str> {
    let url = Url::parse(text.trim())
        .map_err(|_| "the base URL is not a URL; write it like https://api.example.com")?;
    let encrypted = match url.scheme() {
        "https" => true,
        "http" => false,
        _ => return Err("the base URL must begin with https://, as https://api.example.com does"),
    };
    let is_allowed = url
        .host()
        .is_some_and(|host| Some(&host.to_owned()) == http_host);
    if !encrypted && !is_loopback(&url) && !is_allowed {
        return Err(
            "the base URL must begin with https://, since the key is sent there; \
             http:// is for localhost, 127.0.0.0/8, [::1] and a host that is allowed (allow_http, AURA_ALLOW_HTTP)",
        );
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "the base URL must not hold a user name or password; the API key is given on its own",
        );
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the base URL must not have a query (?) or fragment (#); end it before");
    }
    Ok(url)
}

/// What is wrong with what [`parse_host`] does not take.
pub(crate) const NO_HOST: &str = "must be a host name or address alone, without `http://` and port";

/// Reads a host that `http://` may lead to.
pub(crate) fn parse_host(text: &str) -> Option<Host> {
    Host::parse(text.trim()).ok()
}

/// Returns whether requests would be sent to `/v1/v1/…`, where `first` is the segment that every
/// path begins with. The contract's own server says what it means.
pub(crate) fn repeats(url: &Url, first: &str, server: Option<&str>) -> bool {
    let path = url.path().trim_end_matches('/');
    let is_server = server
        .and_then(|server| Url::parse(server).ok())
        .is_some_and(|server| {
            server.origin() == url.origin() && server.path().trim_end_matches('/') == path
        });
    path.rsplit('/').next() == Some(first) && !is_server
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address == Ipv6Addr::LOCALHOST,
        None => false,
    }
}

/// Puts `path`, which begins with `/`, behind the base URL's own, and a query behind that; both
/// are percent-encoded.
///
/// `None` if that would not be asked for exactly as it stands: the URL standard resolves `..`,
/// turns `\` into `/` and drops line breaks, each of which leads elsewhere than the text says.
pub(crate) fn join(base: &Url, path: &str, query: &str) -> Option<Url> {
    let whole = format!("{}{path}", base.path().trim_end_matches('/'));
    let mut url = base.clone();
    url.set_path(&whole);
    url.set_query((!query.is_empty()).then_some(query));
    let as_it_stands = url.path() == whole && url.query().unwrap_or_default() == query;
    (path.starts_with('/') && as_it_stands).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_this_machine_are_taken() {
        for text in [
            "https://api.aura-app.ai",
            "https://proxy.example:8443/aura/",
            "http://localhost:8080",
            "http://127.0.0.1",
            "http://127.8.9.1:1",
            "http://[::1]:3000/",
            " https://api.aura-app.ai\n",
        ] {
            assert!(parse(text, None).is_ok(), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "api.aura-app.ai",
            "http://api.aura-app.ai",
            "http://localhost.example",
            "http://sub.localhost",
            "http://10.0.0.1",
            "http://[::2]",
            "http://[::ffff:127.0.0.1]",
            "ftp://localhost",
            "file:///etc/passwd",
            "https://user@api.aura-app.ai",
            "https://:secret@api.aura-app.ai",
            "https://api.aura-app.ai?x=1",
            "https://api.aura-app.ai/?",
            "https://api.aura-app.ai/#top",
        ] {
            let error = parse(text, None).expect_err(text);
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn http_is_taken_for_exactly_the_host_that_is_allowed() {
        let allowed = parse_host("Aura").expect("a host");
        let parse = |text| parse(text, Some(&allowed)).is_ok();

        assert!(parse("http://aura:8080/x") && parse("http://AURA"));
        assert!(!parse("http://aura.example") && !parse("http://sub.aura"));
        for text in ["", "http://aura", "aura:8080", "a b", "aura/x"] {
            assert!(parse_host(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_base_url_must_not_repeat_the_segment_that_all_paths_begin_with() {
        for (base, server, expected) in [
            ("https://h/v1", None, true),
            ("https://h/aura/v1/", Some("https://h"), true),
            ("https://h/v1", Some("https://h/v1/"), false),
            ("https://other/v1", Some("https://h/v1"), true),
            ("https://h/v1x", None, false),
            ("https://h/v1/aura", None, false),
            ("https://v1", None, false),
        ] {
            let url = Url::parse(base).expect("a URL");
            assert_eq!(repeats(&url, "v1", server), expected, "{base}");
        }
    }

    fn joined(base: &str, path: &str, query: &str) -> Option<String> {
        join(&parse(base, None).expect("valid"), path, query).map(String::from)
    }

    #[test]
    fn a_path_prefix_is_kept_and_slashes_do_not_double() {
        for (base, expected) in [
            ("https://h", "https://h/v1/leads"),
            ("https://h/", "https://h/v1/leads"),
            ("https://h/aura", "https://h/aura/v1/leads"),
            ("https://h/aura/", "https://h/aura/v1/leads"),
        ] {
            assert_eq!(joined(base, "/v1/leads", "").as_deref(), Some(expected));
        }
        assert_eq!(
            joined("https://h", "/v1/leads", "a=1").as_deref(),
            Some("https://h/v1/leads?a=1")
        );
    }

    #[test]
    fn a_path_that_would_lead_elsewhere_is_refused() {
        for path in [
            "v1",
            "",
            "/../x",
            "/v1/..",
            "/v1/%2e%2E/x",
            "/v1/./x",
            "/v1\\x",
            "/v1/\nx",
            "/a b",
            "/a#b",
            "/a?b",
        ] {
            assert_eq!(joined("https://h/aura", path, ""), None, "{path:?}");
        }
        for query in ["a=\nb", "a=b#c", "a b"] {
            assert_eq!(joined("https://h", "/v1", query), None, "{query:?}");
        }
    }

    #[test]
    fn a_path_cannot_name_another_host() {
        assert_eq!(
            joined("https://h", "//evil.example/x", "").as_deref(),
            Some("https://h//evil.example/x")
        );
    }
}
