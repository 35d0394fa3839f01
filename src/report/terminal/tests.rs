//! What people see, word for word, and what they must never see.

use unicode_width::UnicodeWidthStr;

use super::super::sample::{self, HOSTILE};
use super::*;
use crate::check::Checked;
use crate::model::contact::{Reason, Why};
use crate::model::{Code, Foreign, Problem};
use crate::words::Language;

const PLAIN: Style = Style { colour: false, width: 80, plain: false };

/// With signs for the marks that isolate a name, which source code may not hold.
fn drawn(text: &str) -> String {
    text.replace('\u{2068}', "⟦").replace('\u{2069}', "⟧")
}

fn told(language: Language, style: Style) -> String {
    let words = Words::new(language);
    let people = sample::people();
    let report = sample::report(&people, &["La tribu Marchand"], &words);
    summary(&report, &people, None, &words, style)
}

#[test]
fn the_summary_in_english() {
    insta::assert_snapshot!(drawn(&told(Language::En, PLAIN)), @r"
    2 of 5 reachable without WhatsApp; 2 on 2020-12-20

      Matrix  ████░░░░░░░░░░░░░░░░    1  + 1 likely
      Signal  ████████░░░░░░░░░░░░    2
      XMPP    ░░░░░░░░░░░░░░░░░░░░    0

      1 more is likely: seen there more than two years ago, or only hinted.
      1 in use: something was said there in the last 90 days.
      40% of the last twelve months’ messages were exchanged with reachable people.

    Since 2020-12-20
      1 person can be reached now: Camille (Signal)
      1 person can no longer be reached: ⟦שרה לוי⟧ (Signal)
      1 person is new to the list: +33639980105

    Groups
      Group                 Members  Reachable  Matrix  Signal  XMPP
      ──────────────────────────────────────────────────────────────
      La tribu Marchand  at least 8          2       1       2     0
      “At least”: a chat’s export shows only those who wrote, came or went.

    Not counted: 1 person who stands only in an address book.
    Not counted: 1 person without a saved name or a chat in which both sides wrote.
    Left out, because you excluded or blocked them: 1 person.
    12 entries read: 0 kept, 11 merged, 1 rejected.
    Problems: 1 error, 1 note.
    Nothing has left this computer.
    ");
}

#[test]
fn the_summary_in_french() {
    insta::assert_snapshot!(drawn(&told(Language::Fr, PLAIN)), @r"
    2 sur 5 joignables sans WhatsApp ; 2 le 2020-12-20

      Matrix  ████░░░░░░░░░░░░░░░░    1  + 1 probable
      Signal  ████████░░░░░░░░░░░░    2
      XMPP    ░░░░░░░░░░░░░░░░░░░░    0

      1 autre est sans doute joignable : sa trace y date de plus de deux ans, ou
      n’est qu’un indice.
      1 contact actif : on s’y est écrit ces 90 derniers jours.
      40 % des messages des douze derniers mois ont été échangés avec des personnes
      joignables.

    Depuis le 2020-12-20
      1 personne est désormais joignable : Camille (Signal)
      1 personne n’est plus joignable : ⟦שרה לוי⟧ (Signal)
      1 personne est nouvelle dans la liste : +33639980105

    Groupes
      Groupe                Membres  Joignables  Matrix  Signal  XMPP
      ───────────────────────────────────────────────────────────────
      La tribu Marchand  au moins 8           2       1       2     0
      « Au moins » : l’export d’une discussion ne montre que ceux qui ont écrit,
      sont arrivés ou partis.

    Non comptée : 1 personne qui n’est que dans un carnet d’adresses.
    Non comptée : 1 personne sans nom enregistré ni échange direct.
    Laissée de côté, car exclue ou bloquée par vous : 1 personne.
    12 entrées lues : gardées 0, fusionnées 11, rejetées 1.
    Problèmes : 1 erreur, 1 remarque.
    Rien n’a quitté cet ordinateur.
    ");
}

#[test]
fn the_big_number_is_a_sentence() {
    for (language, first) in [
        (Language::En, "2 of 5 reachable without WhatsApp; 2 on 2020-12-20"),
        (Language::Fr, "2 sur 5 joignables sans WhatsApp\u{202f}; 2 le 2020-12-20"),
    ] {
        assert_eq!(told(language, PLAIN).lines().next(), Some(first));
    }
    let words = Words::new(Language::En);
    let people = sample::people();
    let mut report = sample::report(&people, &[], &words);
    report.previous = None;
    let text = summary(&report, &people, None, &words, PLAIN);
    assert!(text.starts_with("2 of 5 reachable without WhatsApp\n"), "{text}");
    assert!(!text.contains("Since"), "{text}");
    let nobody = summary(&sample::report(&[], &[], &words), &[], None, &words, PLAIN);
    assert!(nobody.starts_with("Nobody to count yet\n"), "{nobody}");
}

#[test]
fn colour_adds_nothing_but_stress() {
    let coloured = told(Language::En, Style { colour: true, ..PLAIN });
    assert!(coloured.starts_with("\u{1b}[1m2 of 5"));
    let without = coloured.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
    assert_eq!(without, told(Language::En, PLAIN));
}

#[test]
fn at_most_eight_are_named() {
    let words = Words::new(Language::En);
    let people: Vec<Checked> = (1..=20).map(|n| sample::person(n, Some(&format!("P{n:02}")), &[])).collect();
    let report = sample::report(&people, &[], &words);
    let text = summary(&report, &people, None, &words, PLAIN);
    // Four of them were there before.
    assert_eq!(report.changes.new_people.len(), 16);
    assert!(text.contains("16 people are new to the list: P05, P06,"), "{text}");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("P11, P12 and 8 more"), "{flat}");
    assert!(!flat.contains("P13"));
}

/// Everything there is to say about somebody of that name.
fn all(name: &str, width: usize, language: Language) -> Vec<String> {
    let words = Words::new(language);
    let style = Style { width, ..PLAIN };
    let mut people = sample::people();
    let mut person = sample::person(1, Some(name), &[sample::signal(1, "2021-01-24")]);
    person.evidence[0].locator.path = Foreign::from(name);
    person.contact.names.push(Foreign::from(format!("{name}.").as_str()));
    person.contact.language = Some(name.to_owned());
    let places = vec![person.evidence[0].locator.clone()];
    person.contact.reasons.push(Reason { why: Why::UniqueName, on: Foreign::from(name), places }.into());
    people[0] = person;
    // One who was not there before, for the list of changes.
    people.push(sample::person(9, Some(name), &[]));
    let mut report = sample::report(&people, &[name, "Famille"], &words);
    let problem = Problem::new(Code::HiddenMarks).in_file(name).at(3).quoting(name);
    report.problems = vec![ProblemView::new(&words, &problem)];
    let title = Foreign::from(name);
    vec![
        summary(&report, &people, None, &words, style),
        contact_table(&people.iter().collect::<Vec<_>>(), &words, style),
        contact_card(&people[0], &[&title], &words, style),
        why(&people[0], &crate::graph::region::Regions::default(), &words, style),
        problems(&[problem], &words, style),
    ]
}

#[test]
fn d01_d02_no_name_acts_on_the_terminal() {
    for name in HOSTILE {
        for language in Language::ALL {
            for (at, text) in all(name, 80, language).iter().enumerate() {
                let acts = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
                assert!(!text.contains(acts), "{at}: {text:?}");
                for line in text.lines() {
                    let isolates = line.matches('\u{2068}').count();
                    assert_eq!(isolates, line.matches('\u{2069}').count(), "{at}: {line:?}");
                }
            }
        }
    }
}

#[test]
fn d01_a_name_adds_no_line() {
    let lines =
        |name: &str| all(name, 80, Language::En).iter().map(|text| text.lines().count()).sum::<usize>();
    assert_eq!(lines("a\r\nb"), lines("abcd"));
}

#[test]
fn d18_long_and_empty_names_keep_the_table_in_shape() {
    for name in [
        "a".repeat(10_000),
        "陳".repeat(300),
        format!("{} x", "e\u{301}".repeat(500)),
        "👨\u{200d}👩\u{200d}👧".repeat(90),
    ] {
        let texts = all(&name, 80, Language::Fr);
        for text in &texts[..2] {
            for line in text.lines() {
                assert!(line.width() <= 80, "{line}");
            }
        }
    }
    for text in &all("\u{200b} ", 80, Language::En)[..4] {
        assert!(text.contains("(no name)") || text.contains("+33639980101"), "{text}");
    }
}

#[test]
fn everything_fits_eighty_columns() {
    for language in Language::ALL {
        for text in all("Ada", 80, language) {
            for line in text.lines() {
                assert!(line.width() <= 80 || line.contains("Ada:3"), "{line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }
}

#[test]
fn nothing_is_lost_on_a_screen_of_one_column() {
    let squeeze = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wide = all("Ada of a rather long name", 200, Language::En);
    let narrow = all("Ada of a rather long name", 1, Language::En);
    for (wide, narrow) in wide.iter().zip(&narrow) {
        let there = squeeze(narrow);
        // A list has no heading for the names themselves.
        for word in squeeze(wide).into_iter().filter(|word| !["Group", "Name"].contains(&word.as_str())) {
            let head = [word.as_str(), &format!("{word}:")].iter().any(|w| there.iter().any(|t| t == w));
            assert!(head || word.contains(['█', '░', '─']), "{word:?} is lost: {narrow}");
        }
    }
}

#[test]
fn problems_say_how_bad_where_what_and_what_to_do() {
    let words = Words::new(Language::En);
    let wrong = Problem::new(Code::RowRagged).in_file("contacts.csv").at(1_234);
    let bare = Problem::new(Code::MeUnknown);
    let views = [ProblemView::new(&words, &wrong), ProblemView::new(&words, &bare)];
    let text = problems(&[wrong, bare], &words, PLAIN);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("error: contacts.csv:1234: "), "{text}");
    assert!(lines[0].ends_with(&format!("({})", views[0].hint)), "{text}");
    assert!(lines[1].starts_with(&format!("warning: {}", views[1].what)), "{text}");
}

#[test]
fn of_many_problems_alike_a_few_are_told_and_the_rest_counted() {
    let words = Words::new(Language::En);
    let many = |count: u64| -> Vec<Problem> {
        let alike = (1..=count).map(|line| Problem::new(Code::RowRagged).in_file("contacts.csv").at(line));
        let other = Problem::new(Code::RowRagged).in_file("other.csv").at(1);
        alike.chain([other]).collect()
    };
    let text = problems(&many(13), &words, PLAIN);
    assert_eq!(text.lines().count(), 14, "{text}");
    let text = problems(&many(1_005), &words, PLAIN);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 14, "{text}");
    assert!(lines[11].starts_with("error: contacts.csv:12: "), "{text}");
    assert_eq!(lines[12], "error: contacts.csv: 993 more of this kind (--json lists them all)");
    assert!(lines[13].starts_with("error: other.csv:1: "), "{text}");
}

#[test]
fn the_table_of_contacts() {
    let words = Words::new(Language::En);
    let people = sample::people();
    let text = contact_table(&people.iter().collect::<Vec<_>>(), &words, PLAIN);
    insta::assert_snapshot!(drawn(&text), @r"
    Name          Scope      Channels          Messages  Groups
    ───────────────────────────────────────────────────────────
    Ada           circle     Matrix reachable       120       0
                             Signal reachable
    Camille       circle     Signal reachable       240       0
    Maman ❤️      circle     Matrix likely          360       0
    ⟦שרה לוי⟧       circle     unknown                480       0
    +33639980105  circle     unknown                600       0
    Plumber       book only  unknown                720       0
    Neighbour     not saved  unknown                840       0
    Never         circle     excluded               960       0
    ");
}

#[test]
fn a_card_tells_all() {
    let words = Words::new(Language::En);
    let mut person = sample::people().remove(0);
    person.contact.formal = Some(false);
    let (one, two) = (Foreign::from("Famille"), Foreign::from("Chorale du jeudi"));
    insta::assert_snapshot!(contact_card(&person, &[&one, &two], &words, PLAIN), @r"
    Ada
      Phone: +33639980101
      Scope: circle
      Groups: Famille, Chorale du jeudi
      Messages: 120
      Last message: 2021-01-20
      Form of address: familiar
      Id: 0000000000000001

      Matrix  reachable as @ada:example.org, since 2020-03-02
              On Matrix (as they wrote in a chat, 2020-03-02).
      Signal  reachable as +33639980101, since 2021-01-24
              On Signal (seen in your Signal export, 2021-01-24).
      XMPP    unknown
              Not known: nothing that XMPP answered is kept, and no file tells.
    ");
}

#[test]
fn numbers_stand_below_each_other_and_nothing_is_said_in_empty_lines() {
    let words = Words::new(Language::En);
    let people = sample::people();
    let mut report = sample::report(&people, &[], &words);
    (report.reachable.on.matrix, report.reachable.on.signal) = (1_250, 3);
    let text = summary(&report, &people, None, &words, PLAIN);
    let ends: Vec<usize> = text
        .lines()
        .filter(|line| line.contains('░') || line.contains('█'))
        .map(|line| line.split("  + ").next().unwrap_or_default().trim_end().width())
        .collect();
    assert_eq!(ends.len(), 3);
    assert!(ends.iter().all(|end| *end == ends[0]), "{text}");
    (report.in_use, report.covered) = (0, None);
    for state in [&mut report.by_state.matrix, &mut report.by_state.signal, &mut report.by_state.xmpp] {
        state.likely = 0;
    }
    for people in [&people[..], &people[..1], &[]] {
        let text = summary(&report, people, None, &words, PLAIN);
        assert!(!text.contains("\n\n\n"), "{text}");
    }
}

#[test]
fn the_command_to_type_is_never_broken() {
    for language in [Language::En, Language::Fr] {
        let words = Words::new(language);
        for width in 20..100 {
            let mut out = String::new();
            let style = Style { width, ..PLAIN };
            status::next(&mut out, super::super::status::Step::Signal, 0, &words, style);
            assert!(out.contains("transhume guide signal"), "{width}: {out}");
        }
    }
}
