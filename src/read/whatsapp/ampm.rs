//! The words for the halves of the day, in the languages that write them.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::header::{Cursor, small};

/// A half of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HalfDay {
    /// Before noon.
    Am,
    /// After noon.
    Pm,
}

use HalfDay::{Am, Pm};

/// The words, lower case, without the dots and spaces that may stand between
/// and behind their letters (`p. m.`). Source: CLDR and real exports.
const WORDS: &[(&str, HalfDay)] = &[
    ("am", Am),
    ("pm", Pm),
    ("午前", Am),
    ("午後", Pm),
    ("上午", Am),
    ("下午", Pm),
    ("凌晨", Am),
    ("晚上", Pm),
    ("清晨", Am),
    ("傍晚", Pm),
    ("早上", Am),
    ("中午", Pm),
    ("오전", Am),
    ("오후", Pm),
    ("ص", Am),
    ("م", Pm),
    ("صباحا", Am),
    ("مساء", Pm),
    ("πμ", Am),
    ("μμ", Pm),
    ("sa", Am),
    ("ch", Pm),
    ("öö", Am),
    ("ös", Pm),
    ("पूर्वाह्न", Am),
    ("अपराह्न", Pm),
    ("de", Am),
    ("du", Pm),
    ("fm", Am),
    ("em", Pm),
    ("vm", Am),
    ("nm", Pm),
    ("ap", Am),
    ("ip", Pm),
    ("pg", Am),
    ("ptg", Pm),
    ("قبل\u{200c}ازظهر", Am),
    ("بعدازظهر", Pm),
    ("قظ", Am),
    ("بظ", Pm),
    ("дп", Am),
    ("пп", Pm),
    ("проб", Am),
    ("слоб", Pm),
    ("fh", Am),
    ("eh", Pm),
    ("pd", Am),
    ("md", Pm),
    ("dop", Am),
    ("odp", Pm),
    ("غم", Am),
    ("غو", Pm),
    ("bn", Am),
    ("pn", Pm),
    ("yb", Am),
    ("yh", Pm),
    ("ib", Am),
    ("eb", Pm),
    ("ก่อนเที่ยง", Am),
    ("หลังเที่ยง", Pm),
    ("ກ່ອນທ່ຽງ", Am),
    ("ຫຼັງທ່ຽງ", Pm),
    ("ጥዋት", Am),
    ("ከሰዓት", Pm),
    ("နံနက်", Am),
    ("ညနေ", Pm),
    ("үө", Am),
    ("үх", Pm),
    ("тң", Am),
    ("тк", Pm),
    ("ਪੂਦੁ", Am),
    ("ਬਾਦੁ", Pm),
    ("претпл", Am),
    ("попл", Pm),
    ("förmiddag", Am),
    ("eftermiddag", Pm),
    ("manhã", Am),
    ("tarde", Pm),
    ("matin", Am),
    ("soir", Pm),
    ("to", Am),
    ("tk", Pm),
    ("rn", Am),
    ("in", Pm),
    ("priekšp", Am),
    ("priekšpusdienā", Am),
    ("pēcp", Pm),
    ("pēcpusdienā", Pm),
    ("priešpiet", Am),
    ("popiet", Pm),
    ("pop", Pm),
    ("முற்பகல்", Am),
    ("பிற்பகல்", Pm),
    ("ಪೂರ್ವಾಹ್ನ", Am),
    ("ಅಪರಾಹ್ನ", Pm),
    ("পূৰ্বাহ্ন", Am),
    ("অপৰাহ্ন", Pm),
    ("පෙව", Am),
    ("පව", Pm),
    ("قبل دوپہر", Am),
    ("بعد دوپہر", Pm),
    ("e paradites", Am),
    ("e pasdites", Pm),
    ("pre podne", Am),
    ("po podne", Pm),
    ("prijepodne", Am),
    ("popodne", Pm),
    ("пре подне", Am),
    ("по подне", Pm),
];

/// The words by their first letter.
static BY_LETTER: LazyLock<HashMap<char, Vec<(&str, HalfDay)>>> = LazyLock::new(|| {
    let mut by_letter: HashMap<char, Vec<_>> = HashMap::default();
    for (word, half) in WORDS {
        if let Some(first) = word.chars().next() {
            by_letter.entry(first).or_default().push((*word, *half));
        }
    }
    by_letter
});

/// All the words for halves of the day.
pub(super) fn half_days() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(word, _)| *word)
}

/// Reads a word for a half of the day, with the space before it if it stands
/// behind the time. Leaves the cursor where it was if there is none.
pub(super) fn read_half_day(cursor: &mut Cursor, before: bool) -> Option<HalfDay> {
    let from = cursor.position();
    if !before {
        cursor.take(' ');
    }
    // Digits and dashes are by far the most common: no word begins so.
    let Some(first) = cursor.peek().filter(|c| c.is_alphabetic()).map(small) else {
        cursor.set_position(from);
        return None;
    };
    let start = cursor.position();
    let mut longest = None;
    for (word, half) in BY_LETTER.get(&first).into_iter().flatten() {
        cursor.set_position(start);
        if cursor.take_word(word) && longest.is_none_or(|(end, _)| cursor.position() > end) {
            longest = Some((cursor.position(), *half));
        }
    }
    cursor.set_position(longest.map_or(from, |(end, _)| end));
    longest.map(|(_, half)| half)
}
