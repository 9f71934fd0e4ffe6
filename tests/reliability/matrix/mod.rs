//! Each fault against each guarantee, cell by cell; and the page that shows them.

mod guarantees;
mod page;
mod rows;
mod scenario;
mod secrets;
mod settings;

use guarantees::ALL;
use rows::rows;

/// Virtual time goes on by itself, so that a stall costs none.
#[tokio::test(start_paused = true)]
async fn every_guarantee_holds_whatever_goes_wrong() {
    scenario::tick();
    let mut broken = Vec::new();
    for row in rows() {
        let seen = scenario::play(&row).await;
        for guarantee in &ALL {
            if let Err(why) = (guarantee.check)(&row, &seen) {
                broken.push(format!("{} | {}: {why}", row.fault, guarantee.title));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn every_setting_does_what_it_promises() {
    scenario::tick();
    let mut broken = Vec::new();
    for promise in &settings::ALL {
        if let Err(why) = (promise.check)().await {
            broken.push(format!("{} | {}: {why}", promise.setting, promise.scenario));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
