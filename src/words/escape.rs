//! The one way from text that came from outside to something that is shown.
//!
//! Every sink has its own function here; each takes a [`Foreign`] and gives a
//! [`Shown`], which nothing else can make. What cannot be seen but acts is
//! made visible everywhere: controls as their symbols (`␛`), direction
//! overrides as `⟨U+202E⟩`. Mere direction marks and zero-width spaces are
//! dropped. Text that runs from right to left is isolated, so that it cannot
//! reorder what stands beside it.

mod csv;
mod json;
mod markdown;
mod url;
mod vcard;
mod xml;

use std::fmt;

use serde::Serialize;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use csv::{csv_cell, csv_phone, unguard};
pub use json::{SafeJson, json_in_html, to_json_line};
pub use markdown::markdown;
pub use url::{address_uri, href, mail_body, url_component};
pub use vcard::vcard_text;
pub use xml::xml;

use crate::model::Foreign;
use crate::model::suspicion::is_bidi_control;

/// At most so many grapheme clusters of a name go to a terminal.
const MOST_CLUSTERS: usize = 60;

/// At most so many combining marks stay on one character.
const MOST_MARKS: usize = 4;

/// At most so many code points make one character: the longest emoji have 10.
const MOST_PARTS: usize = 16;

/// First strong isolate, and the end of it (UAX #9).
const FSI: char = '\u{2068}';
const PDI: char = '\u{2069}';

/// Text that was escaped for one sink and can be written there as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Shown(String);

impl Shown {
    /// How many columns it takes on a terminal.
    pub fn width(&self) -> usize {
        self.0.width()
    }

    /// The same with own words behind it.
    #[must_use]
    pub fn followed_by(&self, own: &str) -> Shown {
        Shown(format!("{}{own}", self.0))
    }

    /// The same within so many columns, cut between characters and ending
    /// with `…` if it was longer. For text escaped with [`terminal`].
    pub fn fit(&self, columns: usize) -> Shown {
        if self.width() <= columns {
            return self.clone();
        }
        let inner = self.0.strip_prefix(FSI).and_then(|text| text.strip_suffix(PDI));
        let mut left = columns.saturating_sub(1);
        let mut cut = String::new();
        for cluster in inner.unwrap_or(&self.0).graphemes(true) {
            let Some(rest) = left.checked_sub(cluster.width()) else { break };
            left = rest;
            cut.push_str(cluster);
        }
        if columns > 0 {
            cut.push('…');
        }
        Shown(if inner.is_some() { format!("{FSI}{cut}{PDI}") } else { cut })
    }
}

impl fmt::Display for Shown {
    /// Pads by columns, not by characters; never cuts, for that would lose
    /// the end of an isolation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let room = f.width().map_or(0, |columns| columns.saturating_sub(self.width()));
        let before = match f.align() {
            Some(fmt::Alignment::Right) => room,
            Some(fmt::Alignment::Center) => room / 2,
            Some(fmt::Alignment::Left) | None => 0,
        };
        write!(f, "{:before$}{}{:after$}", "", self.0, "", after = room - before)
    }
}

impl AsRef<str> for Shown {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// For a terminal: one line, at most 60 characters long.
pub fn terminal(text: &Foreign) -> Shown {
    let visible = visible(text.raw());
    let mut short = String::new();
    for (at, cluster) in visible.graphemes(true).enumerate() {
        if at == MOST_CLUSTERS {
            short.push('…');
            break;
        }
        short.push_str(cluster);
    }
    Shown(isolated(short, text.raw()))
}

/// For a terminal, with a placeholder for a name of which nothing would be
/// seen.
pub fn terminal_or(text: &Foreign, placeholder: &str) -> Shown {
    if is_blank(text) { Shown(placeholder.to_owned()) } else { terminal(text) }
}

/// For a terminal, as one line of any length: paths, which must be seen whole.
pub fn terminal_uncut(text: &Foreign) -> Shown {
    if text.raw().chars().all(is_plain) {
        return Shown(text.raw().to_owned());
    }
    Shown(isolated(visible(text.raw()), text.raw()))
}

/// For HTML: text between tags and values of quoted attributes.
pub fn html(text: &Foreign) -> Shown {
    Shown(markup(template(text).as_ref()))
}

/// For a template that escapes markup on its own: as [`html`], but without
/// the markup part.
pub fn template(text: &Foreign) -> Shown {
    terminal_uncut(text)
}

/// For a name within a sentence of a page: always isolated, so that [`sentence`] can
/// tell it from the words around it.
pub fn within(text: &Foreign) -> Shown {
    Shown(format!("{FSI}{}{PDI}", visible(text.raw())))
}

/// A sentence as HTML, each name that [`within`] made ready in an element of its own.
pub fn sentence(said: &str) -> String {
    // Those in names were made visible: what is left stands in pairs.
    markup(said).replace(FSI, "<bdi>").replace(PDI, "</bdi>")
}

/// Whether nothing would be seen of it: no characters, or only white space,
/// controls and characters without width.
pub fn is_blank(text: &Foreign) -> bool {
    let nothing = |c: char| c.is_whitespace() || c.width().unwrap_or(0) == 0 || is_filler(c);
    text.raw().chars().all(nothing)
}

/// How markup, in HTML as in XML, names a character that has a meaning there.
fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        _ => None,
    }
}

/// Escapes what is markup in HTML.
fn markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    // All that is markup is ASCII, which no byte of another character is.
    let marks = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | b'`');
    while let Some(at) = rest.bytes().position(marks) {
        safe.push_str(&rest[..at]);
        safe.push_str(rest[at..].chars().next().and_then(entity).unwrap_or("&#96;"));
        rest = &rest[at + 1..];
    }
    safe.push_str(rest);
    safe
}

/// Makes visible what acts unseen, drops what does nothing, and thins out
/// characters that were piled up.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        push_visible(&mut shown, c);
    }
    if shown.chars().all(is_plain) {
        return shown;
    }
    let mut thin = String::with_capacity(shown.len());
    for cluster in shown.graphemes(true) {
        let mut marks = 0;
        for c in cluster.chars().take(MOST_PARTS) {
            marks += usize::from(is_combining_mark(c));
            if !is_combining_mark(c) || marks <= MOST_MARKS {
                thin.push(c);
            }
        }
    }
    thin
}

/// Most text: letters and punctuation that can be seen, run from left to right and have
/// nothing piled up on them.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}')
}

/// Adds one character, the way it can be seen.
fn push_visible(out: &mut String, c: char) {
    match c {
        // The block of control pictures is laid out like the controls.
        '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + c as u32)),
        '\x7f' => out.push('␡'),
        _ if is_dropped(c) => {}
        _ if c.is_control() || acts_unseen(c) => {
            out.push_str(&format!("⟨U+{:04X}⟩", c as u32));
        }
        _ => out.push(c),
    }
}

/// Marks that only hint at direction, and characters of no width that join
/// nothing.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}')
}

/// Format characters that change how their surroundings are shown.
fn acts_unseen(c: char) -> bool {
    is_bidi_control(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0001}')
}

/// Letters that are drawn as nothing.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

/// Isolates what runs from right to left, or was written to.
fn isolated(shown: String, raw: &str) -> String {
    let turns = shown.contains(is_right_to_left) || raw.contains(is_bidi_control);
    if turns { format!("{FSI}{shown}{PDI}") } else { shown }
}

/// The blocks of the scripts that run from right to left (Unicode 16, the
/// default `Bidi_Class` R and AL ranges).
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests;
