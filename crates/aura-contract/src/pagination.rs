//! `x-pagination`: how the pages of an operation follow each other.

use openapi_document::operation;

/// How the pages of an operation follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// The name of the query parameter that says where a page begins.
    pub cursor: String,
    /// The properties that lead to the next page's cursor in the success body; there it is absent, null
    /// or empty on the last page.
    pub next: Vec<String>,
    /// The properties that lead to the page's items there.
    pub items: Vec<String>,
}

impl Pagination {
    pub(crate) fn of(operation: &operation::Operation<'_>) -> Option<Self> {
        let pages = operation.pagination()?;
        let properties = |path: &str| path.split('.').map(str::to_owned).collect();
        Some(Self {
            cursor: pages.cursor.to_owned(),
            next: properties(pages.next),
            items: properties(pages.items),
        })
    }
}
