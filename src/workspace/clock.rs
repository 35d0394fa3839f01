//! The time of a run. `TRANSHUME_NOW` (RFC 3339) sets it for tests.

use jiff::Timestamp;

use crate::model::Moment;

/// Reads the clock, in whole seconds UTC.
pub fn now() -> Moment {
    let set = std::env::var("TRANSHUME_NOW").ok().and_then(|text| text.parse::<Timestamp>().ok());
    let now = set.unwrap_or_else(Timestamp::now);
    Moment::instant(Timestamp::from_second(now.as_second()).unwrap_or(now))
}
