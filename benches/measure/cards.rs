//! Address books for the benchmarks: made anew, and the same on every machine.
//!
//! A card holds what a plain export from a phone does, in the shares in which
//! books have it: both forms of the name, one to three numbers, up to two e-mail
//! addresses, sometimes a company, a postal address, a folded note, a birthday;
//! one card in fifty has a photo of six kilobytes. Nothing was added that a
//! parser has to read and transhume passes over: more and bigger photos, product
//! ids and revisions, which real exports have too, would only speak for it.
//!
//! The book is that of somebody in North America: just over half of the numbers
//! with a country code are of there, which is what the numbers without one are
//! placed by, one in ten of there. All numbers are of ranges that are reserved for
//! fiction, which no plan assigns, so that each that is placed is weighed against
//! the other regions of the book. There are fewer of these than such a book has
//! numbers: almost one in five stands on two cards, more than in real books, and
//! each of them has to be asked about.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::{Dice, Done};

const FIRST: [&str; 24] = [
    "Alice",
    "Bob",
    "Chloé",
    "Dieter",
    "Élodie",
    "François",
    "Günther",
    "Hélène",
    "Inès",
    "Jürgen",
    "Karim",
    "Lucía",
    "Noémie",
    "Óscar",
    "Paul",
    "Renée",
    "Søren",
    "Thérèse",
    "Uwe",
    "Véronique",
    "Władek",
    "Xavier",
    "Yasmine",
    "Zoë",
];
const LAST: [&str; 14] = [
    "Martin",
    "O’Brien",
    "Müller",
    "García",
    "Dupont",
    "Smith",
    "Silva",
    "Berg",
    "Kowalski",
    "Nguyễn",
    "Roux",
    "Haddad",
    "Lefèvre",
    "Jones",
];
const COMPANIES: [&str; 4] = ["Café Zürich", "ACME\\, Inc.", "Société Générée", "Example GmbH"];

/// Writes a book of so many cards.
pub fn book(path: &Path, count: usize) -> Done<()> {
    let mut dice = Dice(88_172_645_463_325_252);
    let mut out = BufWriter::new(File::create(path)?);
    let mut numbers = 0;
    for n in 0..count {
        let (first, last) = (FIRST[dice.roll(FIRST.len())], LAST[dice.roll(LAST.len())]);
        write!(out, "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nFN:{first} {last} {n}\r\n")?;
        for item in 1..=[1, 1, 2, 3][dice.roll(4)] {
            let kind = ["CELL", "HOME", "WORK"][dice.roll(3)];
            let number = number(numbers, dice.roll(10) == 0);
            numbers += 1;
            if dice.roll(5) == 0 {
                write!(out, "item{item}.TEL;type={kind};type=pref:{number}\r\n")?;
                write!(out, "item{item}.X-ABLabel:_$!<Other>!$_\r\n")?;
            } else {
                write!(out, "TEL;TYPE={kind}:{number}\r\n")?;
            }
        }
        for which in 0..[0, 1, 1, 2][dice.roll(4)] {
            write!(out, "EMAIL;TYPE=INTERNET:user{n}.{which}@example.org\r\n")?;
        }
        if dice.roll(10) < 4 {
            write!(out, "ORG:{}\r\n", COMPANIES[dice.roll(4)])?;
        }
        if dice.roll(10) < 3 {
            let house = dice.roll(99);
            write!(out, "ADR;TYPE=home:;;{house} rue de l’Église;Besançon;;25000;France\r\n")?;
        }
        if dice.roll(10) < 3 {
            write!(out, "NOTE:Rencontré à la fête\\; appeler après 18h\\, ")?;
            for _ in 0..dice.roll(4) {
                write!(out, "\r\n Rencontré à la fête\\; appeler après 18h\\, ")?;
            }
            write!(out, "\\nligne 2\r\n")?;
        }
        if dice.roll(5) == 0 {
            write!(out, "BDAY:1985-04-12\r\n")?;
        }
        if dice.roll(50) == 0 {
            write!(out, "PHOTO;ENCODING=b;TYPE=JPEG:/9j/")?;
            for line in 0..111 {
                write!(out, "{}{}", "Zm9v".repeat(18), if line < 110 { "\r\n " } else { "\r\n" })?;
            }
        }
        write!(out, "END:VCARD\r\n")?;
    }
    Ok(out.flush()?)
}

/// The area codes of North America, whether or not they are in use.
const AREAS: usize = 800;
/// How many numbers of each area are for fiction: 555-0100 to 555-0199.
const EACH: usize = 100;
/// The French numbers for fiction: the digits before the last four. Those of the
/// southwest are left out, for the book is of another country.
const FRENCH: [&str; 5] = ["1 99 00", "2 61 91", "3 53 01", "4 65 71", "6 39 98"];
/// The same in the United Kingdom, before the last three.
const BRITISH: [&str; 17] = [
    "7700 900",
    "20 7946 0",
    "113 496 0",
    "114 496 0",
    "115 496 0",
    "116 496 0",
    "117 496 0",
    "118 496 0",
    "121 496 0",
    "131 496 0",
    "141 496 0",
    "151 496 0",
    "161 496 0",
    "191 498 0",
    "1632 960 ",
    "28 9649 6",
    "29 2018 0",
];

/// The n-th number: each comes once before one comes again. `national` is
/// without its country code, where it is of the book's own country.
fn number(n: usize, national: bool) -> String {
    const AMERICAN: usize = AREAS * EACH;
    let all = AMERICAN + FRENCH.len() * 10_000 + BRITISH.len() * 1_000;
    // A step that shares no divisor with their count meets all of them.
    match n * 7919 % all {
        at if at < AMERICAN => {
            let (area, line) = (200 + at / EACH, at % EACH);
            if national { format!("({area}) 555-01{line:02}") } else { format!("+1 {area}-555-01{line:02}") }
        }
        at if at < AMERICAN + FRENCH.len() * 10_000 => {
            let at = at - AMERICAN;
            let line = at % 10_000;
            format!("+33 {} {:02} {:02}", FRENCH[at / 10_000], line / 100, line % 100)
        }
        at => {
            let at = at - AMERICAN - FRENCH.len() * 10_000;
            format!("+44 {}{:03}", BRITISH[at / 1_000], at % 1_000)
        }
    }
}
