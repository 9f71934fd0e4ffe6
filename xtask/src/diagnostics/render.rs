//! Diagnostics as people read them: in rustc's form, drawn by rustc's own library.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
};

use openapi_document::Source;
use openapi_document::{Diagnostic, Severity};

/// Draws findings about `source`, which is shown under the name `file`, and writes each as soon as
/// it is drawn; with ANSI colours, for the terminal's writer to keep or strip.
pub fn render(
    out: &mut dyn Write,
    file: &str,
    source: &Source,
    diagnostics: &[Diagnostic],
) -> io::Result<()> {
    let renderer = Renderer::styled();
    for diagnostic in diagnostics {
        let report = renderer.render(&[report(file, source, diagnostic)]);
        out.write_all(format!("{report}\n\n").as_bytes())?;
    }
    Ok(())
}

fn report<'d>(file: &'d str, source: &'d Source, diagnostic: &'d Diagnostic) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(&*diagnostic.message)
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    if diagnostic.span.is_none() {
        group = group.element(Origin::path(file));
    }
    for excerpt in excerpts(source, diagnostic) {
        group = group.elements(excerpt.elements(file, source));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_ref()));
    }
    group
}

/// Places further apart stand in excerpts of their own: a finding is drawn in the time that its
/// lines take, however long the text is.
const NEAR: usize = 4096;

/// How much of a longer line is shown before a place, and from it on.
const OF_LONG_LINE: [usize; 2] = [40, 160];

/// A part of the text, and what is pointed at in it.
struct Excerpt<'d> {
    /// From the first place to the last.
    places: Range<usize>,
    pointed_at: Vec<PointedAt<'d>>,
}

type PointedAt<'d> = (AnnotationKind, Range<usize>, Option<&'d str>);

/// The places of a finding; what is near the first of them stands with it.
fn excerpts<'d>(source: &Source, diagnostic: &'d Diagnostic) -> Vec<Excerpt<'d>> {
    let primary = diagnostic
        .span
        .iter()
        .map(|span| (AnnotationKind::Primary, span.clone(), None));
    let context = diagnostic.context.iter().map(|context| {
        let label = Some(context.label.as_str());
        (AnnotationKind::Context, context.span.clone(), label)
    });
    let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
    for place in primary.chain(context) {
        let span = place.1.clone();
        let joined = |excerpt: &Excerpt<'_>| {
            let [start, end] = [
                excerpt.places.start.min(span.start),
                excerpt.places.end.max(span.end),
            ];
            Some(start..end).filter(|places| lines(source, places).len() <= NEAR)
        };
        // Only with the last: a finding of many places is drawn in linear time too.
        let last = excerpts.last_mut();
        match last.and_then(|last| Some((joined(last)?, last))) {
            Some((places, last)) => {
                last.places = places;
                last.pointed_at.push(place);
            }
            None => excerpts.push(Excerpt {
                places: span,
                pointed_at: vec![place],
            }),
        }
    }
    excerpts
}

/// The whole lines around these bytes.
fn lines(source: &Source, places: &Range<usize>) -> Range<usize> {
    let text = source.text();
    let end = text[places.end..]
        .find('\n')
        .map_or(text.len(), |at| places.end + at + 1);
    source.line_start(places.start)..end
}

impl<'d> Excerpt<'d> {
    fn elements(self, file: &'d str, source: &'d Source) -> Vec<Element<'d>> {
        let lines = lines(source, &self.places);
        let first = source.line_column(self.places.start);
        if lines.len() <= NEAR {
            let snippet = Snippet::source(&source.text()[lines.clone()])
                .line_start(first.line)
                .path(file)
                .annotations(self.annotations(&lines));
            return vec![snippet.into()];
        }
        let text = source.text();
        let [before, after] = OF_LONG_LINE;
        let mut start = self.places.start.saturating_sub(before).max(lines.start);
        let mut end = (self.places.start + after).min(lines.end);
        start = (start..)
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(start);
        end = (end..).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
        // The column is that of the whole line.
        let origin = Origin::path(file)
            .line(first.line)
            .char_column(first.column);
        let snippet = Snippet::source(&text[start..end])
            .line_start(first.line)
            .annotations(self.annotations(&(start..end)));
        vec![origin.into(), snippet.into()]
    }

    /// What is pointed at, counted from the start of this part of the text.
    fn annotations(self, part: &Range<usize>) -> Vec<Annotation<'d>> {
        let within = |at: usize| at.clamp(part.start, part.end) - part.start;
        let annotations = self.pointed_at.into_iter().map(|(kind, span, label)| {
            kind.span(within(span.start)..within(span.end)).label(label)
        });
        annotations.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, found: &Diagnostic) -> String {
        let mut out = Vec::new();
        render(
            &mut out,
            "c.yaml",
            &Source::new(text),
            std::slice::from_ref(found),
        )
        .unwrap();
        String::from_utf8(anstream::adapter::strip_bytes(&out).into_vec()).unwrap()
    }

    #[test]
    fn shows_the_line_and_its_number_wherever_it_stands() {
        let text = "a: 1\n".repeat(100_000) + "b: two\n";
        let at = text.find("two").unwrap();
        let found = Diagnostic::error("spec::path", "a message").at(at..at + 3);
        let shown = "error[spec::path]: a message\n      --> c.yaml:100001:4\n       |\n100001 | b: two\n       |    ^^^\n\n";
        assert_eq!(drawn(&text, &found), shown);
        let far = drawn(&text, &found.and(0..1, "first here"));
        assert!(
            far.contains("c.yaml:100001:4") && far.contains("c.yaml:1:1"),
            "{far}"
        );
        assert!(far.lines().count() < 15, "{far}");
    }

    #[test]
    fn shows_a_part_of_a_line_that_is_long() {
        let text = "é".repeat(100_000) + "here" + &"é".repeat(100_000);
        let found = Diagnostic::error("spec::path", "a message").at(200_000..200_004);
        let shown = drawn(&text, &found);
        assert!(
            shown.contains("c.yaml:1:100001\n") && shown.len() < 1000,
            "{shown}"
        );
        assert!(shown.contains("here"), "{shown}");
    }
}
