//! Wrapping, bars and tables.

use comfy_table::presets::NOTHING;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table};
use unicode_width::UnicodeWidthStr;

use super::Style;
use crate::words::escape::Shown;
use crate::words::{Words, key};

/// The cells of a bar.
const BAR: usize = 20;

/// A name is not cut below so many columns; the table becomes a list instead.
const SHORTEST_NAME: usize = 14;

/// How far the lines of a section stand in.
pub(super) const INDENT: &str = "  ";

/// Adds a paragraph, its lines no wider than the screen where that can be:
/// the first behind `first`, the others behind as much space.
pub(super) fn paragraph(out: &mut String, first: &str, text: &str, style: Style) {
    wrap(out, first, pieces(text), style);
}

/// Adds items one behind the other, breaking lines only between them.
pub(super) fn items(out: &mut String, first: &str, items: impl IntoIterator<Item = String>, style: Style) {
    wrap(out, first, items, style);
}

/// Adds a paragraph that ends with a command: that is never broken, so that it can be
/// copied in one go.
pub(super) fn ending_with(out: &mut String, text: &str, command: &str, style: Style) {
    let command = (!command.is_empty()).then_some(command);
    wrap(out, "", pieces(text).into_iter().chain(command), style);
}

fn wrap<S: AsRef<str>>(out: &mut String, first: &str, pieces: impl IntoIterator<Item = S>, style: Style) {
    let indent = first.width();
    out.push_str(first);
    let mut column = indent;
    for (at, piece) in pieces.into_iter().enumerate() {
        let piece = piece.as_ref();
        if at > 0 && column + 1 + piece.width() > style.columns() {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else if at > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(piece);
        column += piece.width();
    }
    out.push('\n');
}

/// Splits at spaces, but not within an isolation: its end must stand on the
/// line of its beginning, or the text that follows is reordered.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    for (at, c) in text.char_indices() {
        match c {
            '\u{2068}' => depth += 1,
            '\u{2069}' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                pieces.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// A bar for a share. Something is never drawn as nothing, nor a part as all.
pub(super) fn bar(part: usize, whole: usize, style: Style) -> String {
    let cells = if style.width < 60 { BAR / 2 } else { BAR };
    let filled = match (part * cells).checked_div(whole) {
        None | Some(0) => usize::from(part > 0 && whole > 0),
        Some(_) if part >= whole => cells,
        Some(filled) => filled.min(cells - 1),
    };
    format!("{}{}", "█".repeat(filled), "░".repeat(cells - filled))
}

/// One row: a name that may be cut, and cells that may not.
pub(super) struct Row {
    /// What the row is about.
    pub(super) name: Shown,
    /// The other cells, each a list of pieces to be put below one another
    /// where the screen is narrow.
    pub(super) cells: Vec<String>,
}

/// A table; a list where the screen is too narrow for it. `words_first` cells
/// hold words and are aligned left, the others hold numbers.
pub(super) fn table(
    heads: &[String],
    rows: &[Row],
    words_first: usize,
    words: &Words,
    style: Style,
) -> String {
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(column - 1)).flat_map(|cell| cell.lines());
        cells.chain(heads.get(column).map(String::as_str)).map(UnicodeWidthStr::width).max().unwrap_or(0)
    };
    if style.plain {
        return lines(heads, rows, words);
    }
    // Two spaces stand between the columns, and in front of the first.
    let others: usize = (1..heads.len()).map(|column| widest(column) + 2).sum();
    let room = style.columns().saturating_sub(others + INDENT.len());
    if room < SHORTEST_NAME {
        return list(heads, rows, words, style);
    }
    let mut table = Table::new();
    table.load_style(NOTHING.header_separator(LineStyle::none().fill('─')));
    table.set_content_arrangement(ContentArrangement::Disabled).force_no_tty();
    table.set_header(heads);
    for row in rows {
        let name = row.name.fit(room).to_string();
        table.add_row(std::iter::once(name).chain(row.cells.iter().cloned()));
    }
    let last = heads.len().saturating_sub(1);
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((u16::from(at > 0), u16::from(at < last)));
        if at > words_first {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = String::new();
    for line in table.trim_fmt().lines() {
        text.push_str(INDENT);
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The same to be read aloud: a line each, `Ada: Scope: circle. Messages: 120.`
fn lines(heads: &[String], rows: &[Row], words: &Words) -> String {
    let mut out = String::new();
    for row in rows {
        let cell =
            |(head, cell): (&String, &String)| format!("{} {}", label(head, words), cell.replace('\n', ", "));
        let cells: Vec<String> = heads.iter().skip(1).zip(&row.cells).map(cell).collect();
        let cells = cells.join(". ");
        out.push_str(&format!("{INDENT}{} {cells}.\n", label(row.name.as_ref(), words)));
    }
    out
}

/// The same as a list: a name, and below it what there is to say.
fn list(heads: &[String], rows: &[Row], words: &Words, style: Style) -> String {
    let mut out = String::new();
    for row in rows {
        items(&mut out, INDENT, [row.name.to_string()], style);
        for (head, cell) in heads.iter().skip(1).zip(&row.cells) {
            let said = format!("{} {}", label(head, words), cell.replace('\n', ", "));
            paragraph(&mut out, "    ", &said, style);
        }
    }
    out
}

/// `Members:`
pub(super) fn label(text: &str, words: &Words) -> String {
    words.say_with(key::REPORT_LABEL, &[("label", text.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> String {
        let mut out = String::new();
        paragraph(&mut out, "  - ", text, Style { width, ..Style::default() });
        out
    }

    #[test]
    fn lines_end_between_words_and_nothing_is_lost() {
        assert_eq!(wrapped("one two three four five", 24), "  - one two three four\n    five\n");
        let long = "a".repeat(90);
        assert_eq!(wrapped(&long, 1), format!("  - {long}\n"));
    }

    #[test]
    fn d02_an_isolation_stays_on_one_line() {
        let name = "\u{2068}שרה לוי בת של דוד\u{2069}";
        assert!(wrapped(&format!("one two three {name} four"), 20).lines().any(|line| line.contains(name)));
    }

    #[test]
    fn bars_tell_nothing_from_something_and_much_from_all() {
        let style = Style::default();
        let filled = |part, whole| bar(part, whole, style).matches('█').count();
        assert_eq!(
            [filled(0, 0), filled(0, 9), filled(1, 900), filled(899, 900), filled(9, 9)],
            [0, 0, 1, 19, 20]
        );
        assert_eq!(bar(3, 4, style).width(), 20);
    }
}
