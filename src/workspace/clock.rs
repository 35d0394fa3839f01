//! The time of a run. `TRANSHUME_NOW` (RFC 3339) sets it for tests.

use jiff::Timestamp;

use crate::model::Moment;

/// Reads the clock, in whole seconds UTC. `None` if `TRANSHUME_NOW` is set to
/// what is no time.
pub fn now() -> Option<Moment> {
    let now = match std::env::var("TRANSHUME_NOW") {
        Ok(text) => text.parse::<Timestamp>().ok()?,
        Err(_) => Timestamp::now(),
    };
    Some(Moment::instant(Timestamp::from_second(now.as_second()).unwrap_or(now)))
}
