//! A request to a sandbox that can be pasted into a shell.

use aura_client::reqwest::Url;
use aura_contract::Scheme;
use aura_sandbox::Sandbox;

/// A curl command for the contract's first operation that reads something, with the key where that
/// takes it.
pub fn command(sandbox: &Sandbox) -> Option<String> {
    let mut operations = sandbox.contract().operations().iter();
    let operation = operations.find(|operation| operation.method == "GET")?;
    let required = operation.parameters.iter().filter(|given| given.required);
    let arguments = required.map(|parameter| (parameter.key.clone(), parameter.sample()));
    let request = operation.request(&arguments.collect::<Vec<_>>()).ok()?;
    let mut url = Url::parse(&format!("{}{}", sandbox.base_url(), request.target)).ok()?;

    let key = sandbox.api_key();
    let header = |name: &str, value: &str| ["-H".to_owned(), format!("{name}: {value}")];
    let mut words = vec!["curl".to_owned()];
    match &operation.security {
        Scheme::Bearer => words.extend(header("Authorization", &format!("Bearer {key}"))),
        Scheme::Basic if key.contains(':') => words.extend(["-u".to_owned(), key.to_owned()]),
        Scheme::Basic => words.extend(["-u".to_owned(), format!("{key}:")]),
        Scheme::Header(name) => words.extend(header(name, key)),
        Scheme::Query(name) => drop(url.query_pairs_mut().append_pair(name, key)),
        _ => {}
    }
    for (name, value) in &request.headers {
        words.extend(header(name, value));
    }
    words.push(url.to_string());
    shlex::try_join(words.iter().map(String::as_str)).ok()
}
