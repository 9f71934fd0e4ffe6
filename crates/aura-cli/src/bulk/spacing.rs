//! Calls that start no closer together than asked for.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Gives turns, first come first served.
#[derive(Clone, Debug)]
pub struct Spacing(Option<Arc<Mutex<Interval>>>);

impl Spacing {
    /// With this time between turns at least, or none.
    pub fn new(gap: Option<Duration>) -> Self {
        let turns = gap.map(|gap| {
            let mut turns = interval(gap);
            turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
            Arc::new(Mutex::new(turns))
        });
        Self(turns)
    }

    /// Waits for the next turn.
    pub async fn turn(&self) {
        if let Some(turns) = &self.0 {
            turns.lock().await.tick().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn turns_are_spaced_and_never_made_up_for() {
        let spacing = Spacing::new(Some(Duration::from_secs(10)));
        let began = Instant::now();
        spacing.turn().await;
        assert_eq!(began.elapsed(), Duration::ZERO);
        spacing.turn().await;
        assert_eq!(began.elapsed().as_secs(), 10);

        tokio::time::advance(Duration::from_secs(35)).await;
        spacing.turn().await;
        let late = Instant::now();
        spacing.turn().await;
        assert_eq!(late.elapsed().as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_gap_each_turn_comes_at_once() {
        let (spacing, began) = (Spacing::new(None), Instant::now());
        for _ in 0..100 {
            spacing.turn().await;
        }
        assert_eq!(began.elapsed(), Duration::ZERO);
    }
}
