//! What a clock that is ahead does to a verdict.

use super::not_ahead;
use crate::model::Moment;

#[test]
fn what_is_dated_within_the_next_day_is_of_today_and_later_is_not_yet() {
    let moment = |text: &str| Moment::parse(text).unwrap();
    let now = moment("2021-01-31T12:00:00Z");
    for (at, kept) in [
        ("2021-01-31T11:00:00Z", "2021-01-31T11:00:00Z"),
        ("2021-01-31T15:00:00Z", "2021-01-31T12:00:00Z"),
        ("2021-02-01T12:00:00Z", "2021-01-31T12:00:00Z"),
        ("2021-02-01T12:00:01Z", "2021-02-01T12:00:01Z"),
    ] {
        assert_eq!(not_ahead(moment(at), now), moment(kept), "{at}");
    }
}
