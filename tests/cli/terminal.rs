//! Terminals of every kind, and none at all: no home, no colours wanted, one
//! column, a closed stdin, or one on which nobody ever answers.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::storage::small_life;
use crate::support::{Outcome, Place};

/// Every command that only looks, and those that write.
const CALLS: &[&[&str]] = &[
    &["migrate", "in"],
    &["import", "in"],
    &["inspect", "in"],
    &["contacts"],
    &["contacts", "show", "Ada Test"],
    &["contacts", "exclude", "Ada Test"],
    &["contacts", "exclude", "--undo", "Ada Test"],
    &["why", "Ada Test"],
    &["invite"],
    &["report", "--html", "--csv"],
    &["runs"],
    &["guide"],
    &["--help"],
    &["migrate", "--help"],
];

/// Calls the program on a terminal of its own, with these settings and
/// arguments; stdout and stderr are both that terminal.
fn on_a_terminal(place: &Place, settings: &[(&str, &str)], call: &[&str]) -> Option<Outcome> {
    let mut script = Command::new("script");
    script.args(["-qec", &format!("exec \"$TRANSHUME\" {}", quoted(call)), "/dev/null"]);
    let mut script = place.wrap(script);
    script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).envs(settings.iter().copied());
    match script.output() {
        Ok(output) => Some(Outcome::of(&output)),
        Err(_) => {
            eprintln!("skipped: there is no script");
            None
        }
    }
}

fn quoted(call: &[&str]) -> String {
    call.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ")
}

/// Fails unless nothing in it is a control but the ends of lines.
#[track_caller]
fn assert_plain(outcome: &Outcome, call: &[&str]) {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
    assert!(!outcome.all().contains(control), "{call:?}: {:?}", outcome.all());
}

#[test]
fn f18_without_a_terminal_there_is_no_colour_and_no_question() {
    let settings: [&[(&str, &str)]; 6] = [
        &[],
        &[("TERM", "dumb")],
        &[("NO_COLOR", "1"), ("TERM", "xterm-256color")],
        &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")],
        &[("COLUMNS", "1")],
        &[("COLUMNS", "0"), ("LINES", "-3"), ("TERM", ""), ("LANG", "fr_FR.UTF-8")],
    ];
    for settings in settings {
        let place = Place::new();
        small_life(&place);
        for call in CALLS {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("exec \"$TRANSHUME\" {} <&-", quoted(call))]);
            let mut shell = place.wrap(shell);
            shell.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).env_remove("HOME");
            shell.envs(settings.iter().copied());
            let outcome = Outcome::of(&shell.output().expect("a shell")).ends_with(0);
            assert_plain(&outcome, call);
        }
    }
}

#[test]
fn f18_a_terminal_has_colours_unless_it_is_dumb_or_they_are_not_wanted() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    let Some(coloured) = on_a_terminal(&place, &[("TERM", "xterm-256color")], &["report"]) else { return };
    assert!(coloured.ends_with(0).stdout.contains("\u{1b}["), "a plain terminal has colours");
    for settings in [&[("TERM", "dumb")][..], &[("TERM", "dumb"), ("COLUMNS", "1")]] {
        for call in CALLS {
            let outcome = on_a_terminal(&place, settings, call).expect("script again").ends_with(0);
            assert_plain(&outcome, call);
        }
    }
    // A progress bar may move the cursor where that is possible, but has no colour.
    for call in CALLS {
        let settings = [("TERM", "xterm-256color"), ("NO_COLOR", "1")];
        let outcome = on_a_terminal(&place, &settings, call).expect("script again").ends_with(0);
        assert_eq!(colours(&outcome.stdout), [""; 0], "{call:?}");
    }
}

#[test]
fn f18_who_wants_no_colour_gets_none_anywhere() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    let never =
        |call: &[&str]| on_a_terminal(&place, &[("TERM", "xterm")], &[&["--color", "never"], call].concat());
    for call in CALLS {
        let Some(outcome) = never(call) else { return };
        assert_eq!(colours(&outcome.ends_with(0).stdout), [""; 0], "{call:?}");
    }
    for call in [&["why", "nobody"][..], &["nonsense"], &["migrate"]] {
        let outcome = never(call).expect("script again").ends_with(2);
        assert_eq!(colours(&outcome.stdout), [""; 0], "{call:?}");
    }
}

/// The sequences that set colours or weights.
fn colours(text: &str) -> Vec<&str> {
    let sequences = text.split("\u{1b}[").skip(1);
    let end = |sequence: &str| sequence.find(|c: char| !c.is_ascii_digit() && c != ';');
    sequences.filter_map(|sequence| sequence.get(..=end(sequence)?)).filter(|s| s.ends_with('m')).collect()
}

#[test]
fn f18_one_column_loses_nothing() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    for columns in ["1", "20", "80", "1000"] {
        let mut command = place.command();
        command.args(["contacts"]).env("COLUMNS", columns);
        let outcome = Outcome::of(&command.output().expect("the program runs")).ends_with(0);
        for name in ["Ada Test", "Bo Test", "Nina Test"] {
            assert!(outcome.stdout.contains(name), "{columns}: {}", outcome.stdout);
        }
    }
}

/// Somebody without a home, not even in the system's list of users.
#[test]
fn f18_without_a_home_a_workspace_has_to_be_named() {
    let place = Place::new();
    small_life(&place);
    // They must be able to see the place at all.
    std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o755)).expect("permissions");
    for call in [["contacts", "list"], ["migrate", "in"]] {
        let mut nobody = Command::new("setpriv");
        nobody.args(["--reuid=54321", "--regid=54321", "--clear-groups", env!("CARGO_BIN_EXE_transhume")]);
        let mut nobody = place.wrap(nobody);
        nobody.args(call).env_remove("HOME").env_remove("TRANSHUME_WORKSPACE");
        let outcome = match nobody.output() {
            Ok(output)
                if output.status.code() != Some(127)
                    && !String::from_utf8_lossy(&output.stderr).contains("setpriv") =>
            {
                Outcome::of(&output).ends_with(2)
            }
            _ => return eprintln!("skipped: nobody else can be made here"),
        };
        assert!(outcome.stderr.contains("--workspace"), "the hint names the flag: {}", outcome.stderr);
        assert!(outcome.stdout.is_empty());
    }
}

#[test]
fn f19_nothing_waits_for_an_answer() {
    let place = Place::new();
    small_life(&place);
    let twins = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé Test\r\nTEL:+33639980151\r\nEND:VCARD\r\n\
                 BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé Test\r\nTEL:+33639980152\r\nEND:VCARD\r\n";
    place.file("in/twins.vcf", twins);
    place.run(["migrate", "in"]).ends_with(0);
    // A stdin that is open, and on which nobody says anything.
    let (silent, _kept_open) = std::io::pipe().expect("a pipe");
    let ends = |call: &[&str], code: i32| {
        let mut command = place.command();
        command.args(call).stdin(silent.try_clone().expect("the same pipe"));
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let (pid, begun) = (child.id().to_string(), Instant::now());
        let watch = std::thread::spawn(move || child.wait_with_output().expect("its end"));
        while !watch.is_finished() && begun.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(5));
        }
        if !watch.is_finished() {
            let _ = Command::new("sh").args(["-c", &format!("kill -9 {pid}")]).status();
        }
        Outcome::of(&watch.join().expect("its end")).ends_with(code)
    };
    for call in CALLS {
        ends(call, 0);
        ends(&[&["--no-input"], *call].concat(), 0);
    }
    // What would have to be asked is said instead, with what to type.
    let several = ends(&["why", "Zoé Test"], 2);
    assert!(several.stderr.contains("Zoé Test") && several.stderr.contains("id"), "{}", several.stderr);
    let missing = ends(&["migrate"], 2);
    assert!(missing.stderr.contains("INPUT"), "{}", missing.stderr);
    let nothing = ends(&[], 2);
    assert!(nothing.stderr.contains("migrate"), "{}", nothing.stderr);
}

#[test]
fn a_wrong_call_is_answered_in_json_with_all_it_says() {
    let place = Place::new();
    let error = place.run(["--json", "import"]).ends_with(2).object();
    assert_eq!((&error["schema"], &error["exit"]), (&"transhume.error/1".into(), &2.into()));
    assert!(error["what"].as_str().is_some_and(|what| what.contains("<INPUT>")), "{error}");
}

#[test]
fn a_clock_that_is_none_is_refused() {
    let place = Place::new();
    let output = place.command().env("TRANSHUME_NOW", "tomorrow").arg("runs").output().expect("it runs");
    let outcome = crate::support::Outcome::of(&output).ends_with(2);
    assert!(outcome.stderr.contains("TRANSHUME_NOW"), "{}", outcome.stderr);
}

/// A signal from outside finds the question for a secret, where the terminal
/// shows nothing of what is typed.
#[test]
fn a_terminal_shows_what_is_typed_again_whatever_ends_the_question_for_a_secret() {
    for signal in ["TERM", "HUP", "INT"] {
        let place = Place::new();
        small_life(&place);
        place.run(["import", "in"]).ends_with(0);
        // The shell in between lives on, to look at the terminal.
        let call = "stty -a > before; sh -c 'echo $$ > pid.new; mv pid.new pid; \
                    exec \"$TRANSHUME\" check matrix --homeserver localhost:1'; \
                    echo code=$?; stty -a > after";
        let mut script = Command::new("script");
        script.args(["-qec", call, "/dev/null"]);
        let mut script = place.wrap(script);
        script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume"));
        let child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let Ok(child) = child else { return eprintln!("skipped: there is no script") };
        let begun = Instant::now();
        let read = |name: &str| std::fs::read_to_string(place.path().join(name)).unwrap_or_default();
        // Its terminal is found by what it has open; then it is seen to be silent.
        let silent = |pid: &str| {
            let mut stty = Command::new("sh");
            stty.args(["-c", &format!("stty -a < /proc/{pid}/fd/2")]);
            let output = place.wrap(stty).output().expect("stty");
            String::from_utf8_lossy(&output.stdout).contains(" -echo ")
        };
        while !silent(read("pid").trim()) {
            assert!(begun.elapsed() < Duration::from_secs(9), "nothing is asked");
            std::thread::sleep(Duration::from_millis(20));
        }
        let kill = format!("kill -{signal} {}", read("pid").trim());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
        let outcome = Outcome::of(&child.wait_with_output().expect("its end"));
        assert!(outcome.stdout.contains("code=130"), "{signal}: {}", outcome.all());
        assert!(read("before").contains(" echo "), "{}", read("before"));
        assert_eq!(read("after"), read("before"), "{signal}");
    }
}
