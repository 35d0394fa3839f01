//! How fast and how lean: `cargo bench --bench speed`.
//!
//! CPU time (user and system, of the whole process) as a multiple of a
//! yardstick that runs in turns with it, the median of nine warm runs each;
//! and the largest resident set. Inputs are made anew, seeded, under
//! `target/bench/`.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::cast_precision_loss,
    reason = "a benchmark makes files and runs programs"
)]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

mod measure;

use measure::{Dice, Done, in_turns, in_turns_of, largest_resident, median, program, timed, yardstick};

fn main() -> Done<()> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder)?;

    let android = folder.join("WhatsApp Chat with Bench.txt");
    chat(&android, 1_000_000, 40, Layout::Android, 1)?;
    let ios = folder.join("ios.txt");
    chat(&ios, 1_000_000, 40, Layout::Ios, 2)?;
    for (name, path) in [("Android", &android), ("iOS", &ios)] {
        let inspect = || program(&folder, &["inspect", "--json"], &[path]);
        let lines = || yardstick("wc", &["-l"], path);
        let (own, wc) = in_turns(inspect, lines)?;
        let size = fs::metadata(path)?.len() / 1_000_000;
        println!(
            "inspect, 1,000,000 messages ({name}, {size} MB): {own:.3} s CPU = {:.1} times `wc -l` ({wc:.3} s)",
            own / wc
        );
    }
    println!("largest resident set so far: {:.1} MB", largest_resident()?);

    let store = folder.join("msgstore.db");
    messages(&store, 1_000_000, 300, 3)?;
    let size = fs::metadata(&store)?.len() / 1_000_000;
    let inspect = || program(&folder, &["inspect", "--json"], &[&store]);
    let shell = || timed(Command::new("sqlite3").arg("-readonly").arg(&store).arg(TABLE));
    match in_turns(inspect, shell) {
        Ok((own, sqlite)) => println!(
            "inspect, msgstore.db of 1,000,000 messages ({size} MB): {own:.3} s CPU = {:.2} times `sqlite3` giving the same table ({sqlite:.3} s)",
            own / sqlite
        ),
        Err(error) => {
            println!(
                "no yardstick for msgstore.db: `sqlite3` (Debian package sqlite3) does not run: {error}"
            );
        }
    }
    zipped(&folder, &ios)?;
    many(&folder)?;

    let life = folder.join("life");
    fs::create_dir_all(&life)?;
    for number in 0..20 {
        chat(
            &life.join(format!("WhatsApp Chat with Group {number}.txt")),
            40_000,
            25,
            Layout::Android,
            number,
        )?;
    }
    cards(&life.join("contacts.vcf"), 500)?;
    let mut times = Vec::new();
    for _ in 0..3 {
        let workspace = folder.join("ws");
        let _ = fs::remove_dir_all(&workspace);
        times.push(program(&folder, &["migrate", "--json"], &[&life])?);
    }
    println!(
        "migrate, 20 chats of 40,000 messages and 500 cards, into an empty workspace: {:.2} s CPU",
        median(&mut times)
    );
    Ok(())
}

/// What is found in a `msgstore.db`, as SQL: for each chat and writer, linked
/// ids folded to numbers, the first and last date and the messages by month;
/// and the members of the groups.
const TABLE: &str = "
    WITH who AS (
        SELECT j._id AS id, coalesce(n.raw_string, j.raw_string) AS name
        FROM jid j LEFT JOIN jid_map x ON x.lid_row_id = j._id LEFT JOIN jid n ON n._id = x.jid_row_id
    )
    SELECT w.name, c.subject, m.from_me, s.name, strftime('%Y-%m', m.timestamp / 1000, 'unixepoch') AS month,
        count(*), min(m.timestamp), max(m.timestamp)
    FROM message m JOIN chat c ON c._id = m.chat_row_id JOIN who w ON w.id = c.jid_row_id
        LEFT JOIN who s ON s.id = m.sender_jid_row_id
    WHERE m.message_type NOT IN (7, 8, 10, 90)
    GROUP BY c._id, m.from_me, m.sender_jid_row_id, month;
    SELECT g.raw_string, c.subject, coalesce(p.raw_string, u.raw_string), gp.rank
    FROM group_participant_user gp JOIN jid g ON g._id = gp.group_jid_row_id
        JOIN jid u ON u._id = gp.user_jid_row_id LEFT JOIN chat c ON c.jid_row_id = g._id
        LEFT JOIN jid_map x ON x.lid_row_id = u._id LEFT JOIN jid p ON p._id = x.jid_row_id;";
/// A chat in an archive: what unpacking costs is measured apart.
fn zipped(folder: &Path, text: &Path) -> Done<()> {
    let path = folder.join("WhatsApp Chat - Bench.zip");
    let mut archive = zip::ZipWriter::new(File::create(&path)?);
    archive.start_file("_chat.txt", zip::write::SimpleFileOptions::default())?;
    std::io::copy(&mut File::open(text)?, &mut archive)?;
    archive.finish()?;
    let inspect = || program(folder, &["inspect", "--json"], &[&path]);
    let unpack = || yardstick("unzip", &["-p"], &path);
    let (own, unzip) = in_turns(inspect, unpack)?;
    let (plain, _) = in_turns(|| program(folder, &["inspect", "--json"], &[&text.to_owned()]), || Ok(0.0))?;
    println!(
        "inspect, the same iOS chat in a zip: {own:.3} s CPU = {:.2} times `unzip -p` ({unzip:.3} s) beside the text itself ({plain:.3} s)",
        (own - plain) / unzip
    );
    Ok(())
}

/// A folder of hundreds of chats, read on all processors.
fn many(folder: &Path) -> Done<()> {
    let chats = folder.join("many");
    fs::create_dir_all(&chats)?;
    let mut paths = Vec::new();
    for number in 0..200 {
        let path = chats.join(format!("WhatsApp Chat with Group {number}.txt"));
        let layout = if number % 2 == 0 { Layout::Android } else { Layout::Ios };
        chat(&path, 40_000, 25, layout, number)?;
        paths.push(path);
    }
    let size: u64 = paths.iter().filter_map(|path| Some(fs::metadata(path).ok()?.len())).sum();
    let inspect = || program(folder, &["inspect", "--json"], &[&chats]);
    let lines = || timed(Command::new("wc").arg("-l").args(&paths));
    let started = std::time::Instant::now();
    inspect()?;
    let wall = started.elapsed().as_secs_f64();
    let (own, wc) = in_turns_of(9, inspect, lines)?;
    println!(
        "inspect, 200 chats of 40,000 messages ({} MB): {own:.2} s CPU = {:.1} times `wc -l` ({wc:.3} s), {wall:.2} s by the clock; largest resident set so far: {:.1} MB",
        size / 1_000_000,
        own / wc,
        largest_resident()?
    );
    Ok(())
}

#[derive(Clone, Copy)]
enum Layout {
    Android,
    Ios,
}

const WORDS: &[&str] = &[
    "ok",
    "on",
    "se",
    "voit",
    "demain",
    "à",
    "quelle",
    "heure",
    "déjà",
    "là-bas",
    "peut-être",
    "merci",
    "bisous",
    "10:30",
    "the",
    "train",
    "is",
    "late",
    "again",
    "😂",
    "c’est",
    "bon",
    "pour",
    "moi",
    "tu",
    "viens",
];

fn chat(path: &Path, messages: usize, people: usize, layout: Layout, seed: u64) -> Done<()> {
    let mut dice = Dice(seed + 88_172_645_463_325_252);
    let mut out = BufWriter::new(File::create(path)?);
    let names: Vec<String> = (0..people)
        .map(|n| {
            if n % 5 == 4 {
                format!("\u{202a}+44 7700 900{n:03}\u{202c}")
            } else {
                format!("Person Number{n}")
            }
        })
        .collect();
    let mut minute = 0;
    for _ in 0..messages {
        minute += dice.roll(7);
        let (day, clock) = (minute / 1440, minute % 1440);
        let (year, month, day) = (2012 + day / 336, day % 336 / 28 + 1, day % 28 + 1);
        let name = &names[dice.roll(people).min(dice.roll(people))];
        let (hour, minute_of_hour) = (clock / 60, clock % 60);
        let end = match layout {
            Layout::Android => {
                write!(out, "{day:02}/{month:02}/{year}, {hour:02}:{minute_of_hour:02} - {name}: ")?;
                "\n"
            }
            Layout::Ios => {
                write!(
                    out,
                    "[{day:02}/{month:02}/{year}, {hour:02}:{minute_of_hour:02}:{:02}] {name}: ",
                    dice.roll(60)
                )?;
                "\r\n"
            }
        };
        if dice.roll(16) == 0 {
            out.write_all(match layout {
                Layout::Android => "<Médias omis>".as_bytes(),
                Layout::Ios => "\u{200e}image absente".as_bytes(),
            })?;
        } else {
            for line in 0..if dice.roll(20) == 0 { 3 } else { 1 } {
                if line > 0 {
                    out.write_all(b"\n")?;
                }
                for _ in 0..3 + dice.roll(16) {
                    out.write_all(WORDS[dice.roll(WORDS.len())].as_bytes())?;
                    out.write_all(b" ")?;
                }
            }
        }
        out.write_all(end.as_bytes())?;
    }
    Ok(out.flush()?)
}

/// A `msgstore.db`: a third of the chats are groups of 30.
fn messages(path: &Path, count: usize, chats: usize, seed: u64) -> Done<()> {
    let mut dice = Dice(seed + 88_172_645_463_325_252);
    let _ = fs::remove_file(path);
    let mut db = rusqlite::Connection::open(path)?;
    let db = db.transaction()?;
    db.execute_batch(include_str!("../fixtures/whatsapp/msgstore.sql"))?;
    for table in [
        "jid",
        "jid_map",
        "chat",
        "message",
        "group_participant_user",
        "group_past_participant_user",
        "lid_display_name",
        "message_system_number_change",
    ] {
        db.execute(&format!("DELETE FROM {table}"), [])?;
    }
    {
        let mut jid = db.prepare(
            "INSERT INTO jid (_id, user, server, raw_string) VALUES (?1, ?2, ?3, ?2 || '@' || ?3)",
        )?;
        let mut map = db.prepare("INSERT INTO jid_map (lid_row_id, jid_row_id) VALUES (?1, ?2)")?;
        let mut chat = db.prepare("INSERT INTO chat (_id, jid_row_id, subject) VALUES (?1, ?2, ?3)")?;
        let mut member = db.prepare(
            "INSERT INTO group_participant_user (group_jid_row_id, user_jid_row_id, rank) VALUES (?1, ?2, 0)",
        )?;
        // People have the ids 1 to 2000, every fourth of them by a linked id, groups those above.
        for n in 1..=2000_u64 {
            jid.execute((n, format!("447700{:06}", 900_000 + n), "s.whatsapp.net"))?;
            if n % 4 == 0 {
                jid.execute((10_000 + n, format!("1111111{n:07}"), "lid"))?;
                map.execute((10_000 + n, n))?;
            }
        }
        for n in 1..=chats as u64 {
            let group = n % 3 == 0;
            if group {
                jid.execute((20_000 + n, format!("120363{n:012}"), "g.us"))?;
                for _ in 0..30 {
                    member.execute((20_000 + n, 1 + dice.roll(2000)))?;
                }
            }
            chat.execute((n, if group { 20_000 + n } else { n }, group.then(|| format!("Group {n}"))))?;
        }
        let mut message = db.prepare("INSERT INTO message (chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data, sort_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?3)")?;
        let mut at = 1_420_000_000_000_u64;
        for n in 0..count {
            at += dice.roll(600_000) as u64;
            let chat = 1 + dice.roll(chats).min(dice.roll(chats));
            let mine = dice.roll(3) == 0;
            let sender =
                if chat.is_multiple_of(3) && !mine { 1 + (chat * 31 + dice.roll(20) * 97) % 2000 } else { 0 };
            let sender = if sender % 4 == 0 && sender > 0 { 10_000 + sender } else { sender };
            let words: Vec<&str> = (0..3 + dice.roll(16)).map(|_| WORDS[dice.roll(WORDS.len())]).collect();
            let kind = if dice.roll(40) == 0 { 7 } else { 0 };
            message.execute((chat, mine, n, sender, at, kind, words.join(" ")))?;
        }
    }
    Ok(db.commit()?)
}

fn cards(path: &Path, count: usize) -> Done<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for n in 0..count {
        write!(
            out,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person Number{n}\r\nTEL;TYPE=CELL:+33 6 39 98 {:02} {:02}\r\nEMAIL:person{n}@example.org\r\nEND:VCARD\r\n",
            n / 100,
            n % 100
        )?;
    }
    Ok(out.flush()?)
}
