//! How fast and how lean address books are read and resolved:
//! `cargo bench --bench books`.
//!
//! CPU time (user and system) of an import into an empty workspace, as a
//! multiple of what calcard alone needs to parse the same bytes in a process of
//! its own (this program, called again), the median of alternating warm runs:
//! the loop of its documentation, in which every card becomes a `VCard` and is
//! dropped. That is less than any program does that keeps a name, and the least
//! that one can do which reads a whole file with it;
//! and the largest resident set of the import. Cards are made anew, seeded,
//! under `target/bench/`: with what real ones hold, numbers that several cards
//! share and numbers without a country code among them.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::cast_precision_loss,
    reason = "a benchmark makes files and runs programs"
)]

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

mod measure;

use measure::{Dice, Done, in_turns_of, largest_resident, program, timed};

/// Runs of each side.
const RUNS: usize = 5;

/// How this program is told to be the yardstick.
const ALONE: &str = "calcard-alone";

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, what, path] = arguments.as_slice()
        && what == ALONE
    {
        return alone(Path::new(path));
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder)?;
    let mut costs = Vec::new();
    for count in [10_000, 100_000] {
        let path = folder.join(format!("cards-{count}.vcf"));
        cards(&path, count)?;
        let import = || {
            let _ = fs::remove_dir_all(folder.join("ws"));
            program(&folder, &["import", "--json"], &[&path])
        };
        import()?;
        let resident = largest_resident()?;
        let calcard = || timed(Command::new(std::env::current_exe()?).arg(ALONE).arg(&path));
        let (own, yardstick) = in_turns_of(RUNS, import, calcard)?;
        println!(
            "import, {count} cards ({} MB): {own:.2} s CPU = {:.1} times calcard alone ({yardstick:.2} s); largest resident set {resident:.0} MB",
            fs::metadata(&path)?.len() / 1_000_000,
            own / yardstick
        );
        costs.push(own);
    }
    if let [small, large] = costs.as_slice() {
        println!("ten times the cards cost {:.1} times as much", large / small);
    }
    Ok(())
}

/// Parses a file with calcard and nothing else.
fn alone(path: &Path) -> Done<()> {
    let text = fs::read_to_string(path)?;
    let mut parser = calcard::Parser::new(&text);
    let mut cards = 0_u64;
    loop {
        match parser.entry() {
            calcard::Entry::Eof => break,
            entry => {
                cards += 1;
                black_box(entry);
            }
        }
    }
    println!("{cards}");
    Ok(())
}

/// Cards as phones write them.
fn cards(path: &Path, count: usize) -> Done<()> {
    const FIRST: [&str; 12] = [
        "Alice",
        "Chloé",
        "Dieter",
        "Élodie",
        "François",
        "Günther",
        "Inès",
        "Karim",
        "Lucía",
        "Óscar",
        "Søren",
        "Zoë",
    ];
    const LAST: [&str; 8] =
        ["Martin", "O’Brien", "Müller", "García", "Dupont", "Nguyễn", "Haddad", "Lefèvre"];
    let mut dice = Dice(88_172_645_463_325_252);
    let mut out = BufWriter::new(File::create(path)?);
    for n in 0..count {
        let (first, last) = (FIRST[dice.roll(FIRST.len())], LAST[dice.roll(LAST.len())]);
        write!(out, "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nFN:{first} {last} {n}\r\n")?;
        for item in 1..=1 + dice.roll(5).saturating_sub(1) / 2 {
            let kind = ["CELL", "HOME", "WORK"][dice.roll(3)];
            if dice.roll(5) == 0 {
                write!(out, "item{item}.TEL;type={kind};type=pref:")?;
            } else {
                write!(out, "TEL;TYPE={kind}:")?;
            }
            let (two, more) = (dice.roll(100), dice.roll(100));
            match dice.roll(8) {
                0 => write!(out, "06 39 98 {two:02} {more:02}\r\n")?,
                1 => write!(out, "+1 202-555-01{two:02}\r\n")?,
                2 => write!(out, "+44 7700 900{:03}\r\n", dice.roll(1000))?,
                _ => write!(out, "+33 6 39 98 {two:02} {more:02}\r\n")?,
            }
        }
        for which in 0..dice.roll(3) {
            write!(out, "EMAIL;TYPE=INTERNET:user{n}.{which}@example.org\r\n")?;
        }
        if dice.roll(5) < 2 {
            write!(out, "ORG:Société Générée\r\n")?;
        }
        if dice.roll(10) < 3 {
            let house = dice.roll(99);
            write!(out, "ADR;TYPE=home:;;{house} rue de l’Église;Besançon;;25000;France\r\n")?;
            write!(out, "NOTE:Rencontré à la fête\\; appeler après 18h\\nligne 2\r\n")?;
        }
        if dice.roll(50) == 0 {
            write!(out, "PHOTO;ENCODING=b;TYPE=JPEG:/9j/")?;
            for line in 0..100 {
                write!(out, "{}{}", "Zm9v".repeat(18), if line < 99 { "\r\n " } else { "\r\n" })?;
            }
        }
        write!(out, "END:VCARD\r\n")?;
    }
    Ok(out.flush()?)
}
