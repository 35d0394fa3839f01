//! How fast and how lean address books are read and resolved:
//! `cargo bench --bench books`.
//!
//! CPU time (user and system) as a multiple of what calcard alone needs to parse
//! the same bytes: the loop of its documentation, in which every card becomes a
//! `VCard` and is dropped. That is less than any program does that keeps a name,
//! and the least that one can do which reads a whole file with it. Each is a
//! process of its own (this program, called again) with transhume's allocator;
//! the median of runs in turns. Measured are
//!
//! * reading the file and resolving its cards into contacts, which is what the
//!   limit of four times calcard is about;
//! * the whole `import` into an empty workspace, which also keeps everything in a
//!   database and syncs that to the disk, and its largest resident set.
//!
//! What the cards hold is told in `measure/cards.rs`; they are made under
//! `target/bench/`.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::cast_precision_loss,
    reason = "a benchmark makes files and runs programs"
)]

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use transhume::graph::{Decisions, Ledger, Source, derive};
use transhume::model::{ContactId, Foreign, Kind};
use transhume::read::whatsapp::chat::Options;
use transhume::read::{self, Reopen};

mod measure;

use measure::{Done, cards, in_turns_of, largest_resident, program, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs of each side.
const RUNS: usize = 7;

/// How this program is told to be the yardstick.
const ALONE: &str = "calcard-alone";
/// How this program is told to read and resolve.
const RESOLVE: &str = "read-and-resolve";

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.as_slice() {
        [_, what, path] if what == ALONE => return alone(Path::new(path)),
        [_, what, path] if what == RESOLVE => return resolve(Path::new(path)),
        _ => {}
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder)?;
    let mut costs = Vec::new();
    for count in [10_000, 100_000] {
        let path = folder.join(format!("cards-{count}.vcf"));
        cards::book(&path, count)?;
        let own = |what: &str| timed(Command::new(std::env::current_exe()?).arg(what).arg(&path));
        let calcard = || own(ALONE);
        let import = || {
            let _ = fs::remove_dir_all(folder.join("ws"));
            program(&folder, &["import", "--json"], &[&path])
        };
        import()?;
        let resident = largest_resident()?;
        let (resolved, alone) = in_turns_of(RUNS, || own(RESOLVE), calcard)?;
        let (imported, again) = in_turns_of(RUNS, import, calcard)?;
        println!("{count} cards, {} MB:", fs::metadata(&path)?.len() / 1_000_000);
        println!(
            "  read and resolved: {resolved:.2} s CPU = {:.1} times calcard alone ({alone:.2} s)",
            resolved / alone
        );
        println!(
            "  whole import: {imported:.2} s CPU = {:.1} times calcard alone ({again:.2} s); largest resident set {resident:.0} MB",
            imported / again
        );
        costs.push((resolved, imported));
    }
    if let [small, large] = costs.as_slice() {
        let (resolved, imported) = (large.0 / small.0, large.1 / small.1);
        println!("ten times the cards cost {resolved:.1} times as much; imported, {imported:.1} times");
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

/// A file as the readers want it.
struct Plain<'a>(&'a Path);

impl Reopen for Plain<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.0)?))
    }
}

/// Reads a file and works out who is who in it.
fn resolve(path: &Path) -> Done<()> {
    let options = Options { today: jiff::civil::date(2026, 1, 1), siblings: None, date_order: None };
    let reading = read::read(Kind::Vcard, &Plain(path), "book", &options)?;
    let finding = reading.finding.ok_or("nothing was found")?;
    let sources = [Source { path: Foreign::from("book.vcf"), finding }];
    let mut next = 0_u64;
    let mut fresh = || {
        next += 1;
        ContactId::from_random(next.to_be_bytes())
    };
    let graph = derive(&sources, &Decisions::default(), &mut Ledger::default(), &mut fresh);
    println!("{}", graph.contacts.len());
    // The system takes back what is left, as it does when the program ends.
    std::process::exit(0)
}
