//! QR codes for the terminal, two rows of squares to a line of text.

use qrcode::{Color, EcLevel, QrCode};

use super::Style;

/// So many light squares around it, as scanners want it (ISO/IEC 18004).
const MARGIN: usize = 4;

/// Dark on light, whatever the colours of the terminal are.
const DARK_ON_LIGHT: &str = "\u{1b}[38;5;16;48;5;231m";
const USUAL: &str = "\u{1b}[0m";

/// A text as a QR code; none if it is too long, or the terminal too narrow.
/// Without colour it is drawn light on dark, as most terminals are.
pub fn qr(text: &str, style: Style) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let (size, squares) = (code.width(), code.to_colors());
    let whole = size + 2 * MARGIN;
    if whole > style.width {
        return None;
    }
    let is_dark = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(MARGIN).filter(|at| *at < size);
        let square = inside(x).zip(inside(y)).and_then(|(x, y)| squares.get(y * size + x));
        square == Some(&Color::Dark)
    };
    let mut out = String::new();
    for y in (0..whole).step_by(2) {
        if style.colour {
            out.push_str(DARK_ON_LIGHT);
        }
        for x in 0..whole {
            // Below the last row there is nothing, which is light.
            let is_drawn = |y: usize| is_dark(x, y) == style.colour;
            out.push(match (is_drawn(y), is_drawn(y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        if style.colour {
            out.push_str(USUAL);
        }
        out.push('\n');
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a scanner sees: the squares of the text, drawn large, in grey.
    fn scanned(code: &str, drawn_is_dark: bool) -> String {
        let code = code.replace(DARK_ON_LIGHT, "").replace(USUAL, "");
        let lines: Vec<Vec<char>> = code.lines().map(|line| line.chars().collect()).collect();
        let width = lines[0].len();
        const SIZE: usize = 4;
        let dark = |x: usize, y: usize| {
            let drawn = matches!((lines[y / 2][x], y % 2), ('█', _) | ('▀', 0) | ('▄', 1));
            drawn == drawn_is_dark
        };
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(width * SIZE, lines.len() * 2 * SIZE, |x, y| {
                if dark(x / SIZE, y / SIZE) { 0 } else { 255 }
            });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_scanner_reads_what_was_written() {
        let link =
            "sgnl://linkdevice?uuid=c3R1dmlkLWFuZC1zaG9ydA%3D%3D&pub_key=BQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%2F";
        let style = |colour, width| Style { colour, width, plain: false };
        assert_eq!(scanned(&qr(link, style(true, 80)).unwrap(), true), link);
        assert_eq!(scanned(&qr(link, style(false, 80)).unwrap(), false), link);
        assert_eq!(qr(link, style(true, 40)), None, "too narrow");
        assert_eq!(qr(&"x".repeat(8000), style(true, 1000)), None, "too long");
    }
}
