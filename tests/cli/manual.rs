//! `man` and `completions`: what can be typed, for `man` and for shells.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::Place;

/// What a program makes of a text, and what it complains about.
fn through(program: &str, arguments: &[&str], text: &str) -> Option<(String, String)> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|_| println!("skipped: no {program}"))
        .ok()?;
    let mut stdin = child.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let done = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let said = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Some((said(done.stdout), said(done.stderr)))
}

#[test]
fn pages_are_what_man_reads() {
    let place = Place::new();
    for (language, sections) in [
        ("en", ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "Commands", "MORE"]),
        ("fr", ["NOM", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "Commandes", "COMPLÉMENTS"]),
    ] {
        let page = place.run(["man", "--lang", language]).ends_with(0).stdout;
        let Some((shown, complaints)) =
            through("groff", &["-man", "-Kutf8", "-Tutf8", "-ww", "-P-cbou", "-rLL=100n"], &page)
        else {
            return;
        };
        assert_eq!(complaints, "");
        for section in sections {
            assert!(shown.lines().any(|line| line.trim() == section), "{section}: {shown}");
        }
        // The table of exit codes keeps its lines.
        assert!(shown.lines().any(|line| line.trim_start().starts_with("130 ")), "{shown}");
    }
}

#[test]
fn each_command_has_a_page_of_its_own() {
    let place = Place::new();
    let page = place.run(["man", "contacts", "merge"]).ends_with(0).stdout;
    assert!(page.contains("transhume\\-contacts\\-merge") && page.contains("one person"), "{page}");
    let wrong = place.run(["man", "contacts", "dance"]).ends_with(2);
    assert!(wrong.stderr.contains("There is no command called “dance”."), "{}", wrong.stderr);
    let object = place.run(["man", "--json"]).ends_with(0).object();
    assert_eq!(object["schema"], "transhume.man/1");
    assert!(place.snapshot().is_empty(), "nothing is written");
}

#[test]
fn bash_completes_commands_and_options() {
    let place = Place::new();
    let script = place.run(["completions", "bash"]).ends_with(0).stdout;
    let ask = "\ncomplete_words() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _transhume transhume \"${!#}\" \
               \"${COMP_WORDS[COMP_CWORD - 1]}\"; echo \"${COMPREPLY[*]}\"; }\n\
               complete_words transhume pl\ncomplete_words transhume check m\n\
               complete_words transhume invite mark --t\n";
    let (shown, complaints) = through("bash", &["-s"], &(script + ask)).unwrap();
    assert_eq!((shown.as_str(), complaints.as_str()), ("plan\nmatrix\n--to\n", ""));
}

#[test]
fn every_shell_gets_its_script() {
    let place = Place::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = place.run(["completions", shell]).ends_with(0).stdout;
        assert!(script.contains("transhume") && script.contains("homeserver"), "{shell}: {script}");
    }
    let french = place.run(["completions", "fish", "--lang", "fr"]).ends_with(0).stdout;
    assert!(french.contains("Quoi exporter, et comment"), "{french}");
    let wrong = place.run(["completions", "tcsh"]).ends_with(2);
    assert!(wrong.stderr.contains("bash"), "{}", wrong.stderr);
}
