//! How long to wait when a server says "too many requests" (HTTP 429).
//!
//! Homeservers say it as `M_LIMIT_EXCEEDED` with `retry_after_ms` and
//! `Retry-After`; Sydent as `M_UNKNOWN` without any delay.

use std::num::IntErrorKind;
use std::time::Duration;

use jiff::fmt::rfc2822;
use serde_json::Value;

/// The longest wait within a run.
pub const LONGEST: Duration = Duration::from_mins(10);

/// A request is sent at most so many times.
pub const TRIES: u32 = 5;

/// How long the server wants us to wait, if it says so in a way that can be
/// understood. `Retry-After` (RFC 9110) is seconds or a date; a date is held
/// against the server's own `Date`, whatever our clock says. The longer of
/// header and body counts.
pub fn wanted(body: &Value, retry_after: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let body = body.get("retry_after_ms").and_then(Value::as_f64).filter(|ms| *ms >= 0.0);
    let body = body.map(|ms| Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX));
    let header = retry_after.map(str::trim).and_then(|text| match text.parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        // Longer than can be said.
        Err(error) if *error.kind() == IntErrorKind::PosOverflow => Some(Duration::MAX),
        Err(_) => {
            let read = |text: &str| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp().as_second());
            let seconds = read(text)?.saturating_sub(date.and_then(read)?);
            u64::try_from(seconds).ok().map(Duration::from_secs)
        }
    });
    body.max(header)
}

/// How long to wait before try number `tried + 1`; none if that is longer than
/// anybody waits.
pub fn wait(tried: u32, wanted: Option<Duration>) -> Option<Duration> {
    match wanted {
        // Exactly what they ask for is often not enough.
        Some(wanted) => wanted.checked_add(Duration::from_millis(250)).filter(|wait| *wait <= LONGEST),
        None => Some(Duration::from_secs(1 << tried.saturating_sub(1).min(9))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn e13_delays_of_every_shape() {
        let secs = |s| Some(Duration::from_secs(s));
        assert_eq!(wanted(&json!({ "retry_after_ms": 2000 }), None, None), secs(2));
        assert_eq!(wanted(&json!({ "retry_after_ms": 0 }), None, None), secs(0));
        assert_eq!(wanted(&json!({ "retry_after_ms": -1 }), None, None), None);
        assert_eq!(wanted(&json!({ "retry_after_ms": "soon" }), None, None), None);
        assert_eq!(wanted(&Value::Null, Some("61"), None), secs(61));
        assert_eq!(wanted(&json!({ "retry_after_ms": 60_464 }), Some("61"), None), secs(61));
        let (date, later) = ("Wed, 20 Jan 2021 08:00:00 GMT", "Wed, 20 Jan 2021 08:00:30 GMT");
        assert_eq!(wanted(&Value::Null, Some(later), Some(date)), secs(30));
        assert_eq!(wanted(&Value::Null, Some(date), Some(later)), None, "in the past");
        assert_eq!(wanted(&Value::Null, Some(later), None), None);
    }

    #[test]
    fn e13_waits_are_bounded() {
        assert_eq!(wait(1, None), Some(Duration::from_secs(1)));
        assert_eq!(wait(4, None), Some(Duration::from_secs(8)));
        assert_eq!(wait(1, Some(Duration::from_secs(599))), Some(Duration::from_millis(599_250)));
        assert_eq!(wait(1, Some(Duration::from_secs(601))), None);
        let forever = wanted(&json!({ "retry_after_ms": 1_000_000_000_000_000_000_u64 }), None, None);
        assert_eq!(wait(1, forever), None);
        assert_eq!(wait(1, Some(Duration::MAX)), None);
        assert_eq!(wait(1, wanted(&Value::Null, Some("99999999999999999999999"), None)), None);
    }
}
