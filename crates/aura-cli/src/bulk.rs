//! Many leads: asked for side by side, given back in the order of the input.

mod ask;
mod failures;
mod progress;
mod run;
mod spacing;

pub use ask::{Answer, ask};
pub use failures::Failures;
pub use progress::Progress;
pub use run::{Ended, Event, LONGEST_WAIT, Run};
pub use spacing::Spacing;
