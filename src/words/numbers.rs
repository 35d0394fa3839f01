//! Numbers the way each language writes them.

use fluent_bundle::FluentValue;

/// `12,345.5`
pub(super) fn english<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number(value, ',', '.')
}

/// `12 345,5`, with a narrow no-break space
pub(super) fn french<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number(value, '\u{202f}', ',')
}

/// Leaves to Fluent whatever is no number.
fn number(value: &FluentValue<'_>, thousands: char, decimal: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let plain = number.as_string();
    let (sign, plain) = plain.strip_prefix('-').map_or(("", &*plain), |rest| ("-", rest));
    let (whole, fraction) = plain.split_once('.').map_or((plain, None), |(w, f)| (w, Some(f)));
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut written = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && number.options.use_grouping {
            written.push(thousands);
        }
        written.push(digit);
    }
    if let Some(fraction) = fraction {
        written.push(decimal);
        written.push_str(fraction);
    }
    Some(written)
}
