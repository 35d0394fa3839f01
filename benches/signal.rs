//! How fast and how lean Signal's export is read: `cargo bench --bench signal`.
//!
//! CPU time (user and system, of the whole process) as a multiple of `wc -l`
//! over the same file, in turns, the median of warm runs each; and the largest
//! resident set. The export is made anew, seeded, under `target/bench/`: a
//! million lines, a gigabyte, nearly all of it messages.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::cast_precision_loss,
    reason = "a benchmark makes files and runs programs"
)]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

mod measure;

use measure::{Dice, Done, in_turns_of, largest_resident, program, yardstick};

/// Runs of each side.
const RUNS: usize = 5;
const LINES: usize = 1_000_000;
const PEOPLE: usize = 3_000;
const GROUPS: usize = 200;

fn main() -> Done<()> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder)?;
    let path = folder.join("main.jsonl");
    export(&path)?;
    let size = fs::metadata(&path)?.len() / 1_000_000;
    let lines = || yardstick("wc", &["-l"], &path);
    let inspect = || program(&folder, &["inspect", "--json"], &[&path]);
    let import = || {
        let _ = fs::remove_dir_all(folder.join("ws"));
        program(&folder, &["import", "--json"], &[&path])
    };
    let runs: [(&str, &dyn Fn() -> Done<f64>); 2] =
        [("inspect", &inspect), ("import into an empty workspace", &import)];
    for (name, run) in runs {
        let (own, wc) = in_turns_of(RUNS, run, lines)?;
        println!(
            "{name}, Signal's export of {LINES} lines ({size} MB): {own:.2} s CPU = {:.1} times `wc -l` ({wc:.3} s); largest resident set so far {:.1} MB",
            own / wc,
            largest_resident()?
        );
    }
    fs::remove_file(&path)?;
    Ok(())
}

const WORDS: [&str; 16] = [
    "ok",
    "demain",
    "on",
    "se",
    "voit",
    "là-bas",
    "the",
    "train",
    "is",
    "late",
    "\\\"again\\\"",
    "déjà",
    "😂",
    "c’est\\n",
    "bon",
    "merci",
];

fn base64(dice: &mut Dice, bytes: usize) -> String {
    let bytes: Vec<u8> = (0..bytes).map(|_| u8::try_from(dice.roll(256)).unwrap_or_default()).collect();
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes)
}

/// An export as Signal writes it.
fn export(path: &Path) -> Done<()> {
    let mut dice = Dice(88_172_645_463_325_252);
    let mut out = BufWriter::new(File::create(path)?);
    let mut left = LINES;
    let mut line = |out: &mut BufWriter<File>, text: &str| -> Done<()> {
        left -= 1;
        Ok(writeln!(out, "{text}")?)
    };
    let key = base64(&mut dice, 32);
    line(
        &mut out,
        &format!(r#"{{"version":"1","backupTimeMs":"1700000000000","mediaRootBackupKey":"{key}"}}"#),
    )?;
    line(
        &mut out,
        &format!(r#"{{"account":{{"profileKey":"{key}","givenName":"Me","accountSettings":{{}}}}}}"#),
    )?;
    line(&mut out, r#"{"recipient":{"id":"1","self":{}}}"#)?;
    let mut accounts = Vec::new();
    for n in 0..PEOPLE {
        let aci = base64(&mut dice, 16);
        let (id, number) = (10 + n, 447_700_000_000 + n);
        line(
            &mut out,
            &format!(
                r#"{{"recipient":{{"id":"{id}","contact":{{"aci":"{aci}","e164":"{number}","registered":{{}},"profileKey":"{key}","profileSharing":true,"profileGivenName":"P{n}","systemGivenName":"Person","systemFamilyName":"Number{n}"}}}}}}"#
            ),
        )?;
        accounts.push(aci);
    }
    for n in 0..GROUPS {
        let members: Vec<String> = (0..5 + dice.roll(40))
            .map(|_| {
                let aci = &accounts[dice.roll(PEOPLE)];
                format!(r#"{{"userId":"{aci}","role":"DEFAULT","joinedAtVersion":1}}"#)
            })
            .collect();
        line(
            &mut out,
            &format!(
                r#"{{"recipient":{{"id":"{}","group":{{"masterKey":"{key}","whitelisted":true,"snapshot":{{"title":{{"title":"Group {n}"}},"members":[{}]}}}}}}}}"#,
                10 + PEOPLE + n,
                members.join(",")
            ),
        )?;
    }
    for n in 0..PEOPLE + GROUPS {
        line(
            &mut out,
            &format!(r#"{{"chat":{{"id":"{n}","recipientId":"{}","expireTimerVersion":1}}}}"#, 10 + n),
        )?;
    }
    let (mut at, mut text) = (1_500_000_000_000_u64, String::new());
    let messages = LINES - 3 - 2 * (PEOPLE + GROUPS);
    for _ in 0..messages {
        at += dice.roll(200_000) as u64;
        let chat = dice.roll(PEOPLE + GROUPS).min(dice.roll(PEOPLE + GROUPS));
        text.clear();
        let head =
            format!(r#"{{"chatItem":{{"chatId":"{chat}","authorId":"{}","dateSent":"{at}","#, 10 + chat);
        text.push_str(&head);
        if dice.roll(500) == 0 {
            text.push_str(
                r#""directionless":{},"updateMessage":{"simpleUpdate":{"type":"JOINED_SIGNAL"}}}}"#,
            );
            line(&mut out, &text)?;
            continue;
        }
        text.push_str(if dice.roll(3) == 0 {
            r#""outgoing":{"sendStatus":[{"recipientId":"10","timestamp":"1700000000000","read":{"sealedSender":true}}]},"standardMessage":{"#
        } else {
            r#""incoming":{"dateReceived":"1700000000001","dateServerSent":"1700000000002","read":true,"sealedSender":true},"standardMessage":{"#
        });
        text.push_str(r#""text":{"body":""#);
        for _ in 0..40 + dice.roll(200) {
            text.push_str(WORDS[dice.roll(WORDS.len())]);
            text.push(' ');
        }
        text.push_str("\"}");
        if dice.roll(5) == 0 {
            let (id, digest) = (base64(&mut dice, 16), base64(&mut dice, 32));
            text.push_str(&format!(
                r#","attachments":[{{"pointer":{{"contentType":"image/jpeg","locatorInfo":{{"key":"{key}","plaintextHash":"{digest}","size":81234}},"blurHash":"{id}"}},"clientUuid":"{id}"}}]"#
            ));
        }
        if dice.roll(6) == 0 {
            text.push_str(r#","reactions":[{"emoji":"👍","authorId":"11","sentTimestamp":"1700000000003","sortOrder":"1"}]"#);
        }
        text.push_str("}}}");
        line(&mut out, &text)?;
    }
    Ok(out.flush()?)
}
