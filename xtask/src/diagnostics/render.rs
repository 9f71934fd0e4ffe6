//! Diagnostics as people read them: in rustc's form, drawn by rustc's own library.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use openapi_document::Source;
use openapi_document::{Diagnostic, Severity};

/// Draws findings about `source`, which is shown under the name `file`; with ANSI colours, for
/// the terminal's writer to keep or strip.
pub fn render(file: &str, source: &Source, diagnostics: &[Diagnostic]) -> String {
    let renderer = Renderer::styled();
    diagnostics
        .iter()
        .map(|diagnostic| {
            let report = report(file, source, diagnostic);
            format!("{}\n\n", renderer.render(&report))
        })
        .collect()
}

fn report<'d>(file: &'d str, source: &'d Source, diagnostic: &'d Diagnostic) -> Vec<Group<'d>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(&*diagnostic.message)
        .id(diagnostic.code);
    let mut group = match &diagnostic.span {
        Some(span) => {
            let context = diagnostic.context.iter().map(|context| {
                AnnotationKind::Context
                    .span(context.span.clone())
                    .label(context.label.as_str())
            });
            title.element(
                Snippet::source(source.text())
                    .path(file)
                    .annotation(AnnotationKind::Primary.span(span.clone()))
                    .annotations(context),
            )
        }
        None => Group::with_title(title).element(annotate_snippets::Origin::path(file)),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_ref()));
    }
    vec![group]
}
