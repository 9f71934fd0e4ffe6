//! The generator knows each method that the client has of its own.

use aura_workspace_tests::checkout;
use client_codegen::RESERVED_METHODS;

#[test]
fn an_operation_is_called_like_no_method_of_the_client() {
    let sources = checkout::root().join("crates/aura-client/src");
    let mut methods = Vec::new();
    for source in std::fs::read_dir(sources).expect("it is a folder") {
        let source = source.expect("it can be listed").path();
        if source
            .extension()
            .is_some_and(|extension| extension == "rs")
        {
            methods.extend(methods_of_client(&source));
        }
    }
    assert!(methods.contains(&"from_env".to_string()));
    for method in methods {
        assert!(
            RESERVED_METHODS.contains(&method.as_str()) || method.starts_with("with_"),
            "`{method}` belongs into RESERVED_METHODS in crates/client-codegen/src/check/names.rs"
        );
    }
}

fn methods_of_client(source: &std::path::Path) -> Vec<String> {
    let text = std::fs::read_to_string(source).expect("it is text");
    let file = syn::parse_file(&text).expect("it is Rust");
    let is_client =
        |ty: &syn::Type| matches!(ty, syn::Type::Path(path) if path.path.is_ident("Client"));
    let of_client = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Impl(item) if item.trait_.is_none() && is_client(&item.self_ty) => Some(item),
        _ => None,
    });
    of_client
        .flat_map(|item| item.items)
        .filter_map(|item| match item {
            syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        })
        .collect()
}
