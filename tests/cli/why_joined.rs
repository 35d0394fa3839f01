//! `why` tells what made one person of several entries, and what did not, with
//! the places where it stands.

use serde_json::Value;

use crate::support::Place;

const PHONE: &str = "BEGIN:VCARD\nFN:Ada Quill\nTEL:+33639980101\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Bo Marsh\nTEL:+33199000010\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Di Fox\nTEL:+33639980102\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Ed Fox\nTEL:+33639980102\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Gil Roe\nTEL:+33639980103\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Gil Roe\nTEL:+33639980104\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Hal Ray\nTEL:+33639980105\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Jo Lane\nEMAIL:jo@example.org\nEND:VCARD\n";

/// Another book, in which people are called otherwise.
const OTHER: &str = "BEGIN:VCARD\nFN:Ada of the choir\nTEL:+33 6 39 98 01 01\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Cy Marsh\nTEL:+33199000010\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Miss Lane\nEMAIL:Jo@Example.org\nEND:VCARD\n";

fn known() -> Place {
    let place = Place::new();
    place.file("in/phone.vcf", PHONE);
    place.file("in/other.vcf", OTHER);
    for name in ["Hal Ray", "Gil Roe"] {
        let text = format!("01/02/2024, 10:00 - {name}: hi\n13/02/2024, 10:05 - Me: yes\n");
        place.file(&format!("in/WhatsApp Chat with {name}.txt"), &text);
    }
    place.run(["import", "in", "--me", "Me"]).ends_with(0);
    place
}

/// The reasons of somebody, each with the lines that it names.
fn reasons(place: &Place, name: &str) -> Vec<(String, usize)> {
    let object = place.run(["why", "--json", name]).ends_with(0).object();
    let one = |reason: &Value| {
        let places = reason["places"].as_array().unwrap();
        (reason["why"].as_str().unwrap().to_owned(), places.len())
    };
    object["reasons"].as_array().unwrap().iter().map(one).collect()
}

fn told(place: &Place, name: &str, language: &str) -> String {
    let said = place.run(["--lang", language, "why", name]).ends_with(0).stdout;
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_join_is_told_with_its_reason() {
    let place = known();
    for (name, why, places, english, french) in [
        (
            "Ada Quill",
            "same-phone",
            2,
            "Joined: the same number, +33639980101.",
            "Réunis : le même numéro, +33639980101.",
        ),
        (
            "Jo Lane",
            "same-email",
            2,
            "Joined: the same e-mail address, jo@example.org.",
            "Réunis : la même adresse e-mail, jo@example.org.",
        ),
        (
            "Hal Ray",
            "unique-name",
            2,
            "Joined: only one person bears the name Hal Ray.",
            "Réunis : une seule personne porte le nom Hal Ray.",
        ),
    ] {
        assert_eq!(reasons(&place, name), [(why.to_owned(), places)], "{name}");
        assert!(told(&place, name, "en").contains(english), "{name}");
        assert!(told(&place, name, "fr").contains(french), "{name}");
    }
}

#[test]
fn every_refusal_is_told_to_both_with_its_reason() {
    let place = known();
    for (names, why, english, french) in [
        (
            ["Bo Marsh", "Cy Marsh"],
            "shared-fixed-line",
            "Not joined: +33199000010 is a fixed line",
            "Non réunis : +33199000010 est une ligne fixe",
        ),
        (
            ["Di Fox", "Ed Fox"],
            "shared-within-book",
            "Not joined: +33639980102 stands on two cards",
            "Non réunis : +33639980102 figure sur deux fiches",
        ),
        (
            ["+33639980103", "+33639980104"],
            "ambiguous-name",
            "Not joined: several people bear the name Gil Roe.",
            "Non réunis : plusieurs personnes portent le nom Gil Roe.",
        ),
    ] {
        for name in names {
            let own = reasons(&place, name);
            assert!(own.iter().any(|(own, places)| own == why && *places >= 2), "{name}: {own:?}");
            assert!(told(&place, name, "en").contains(english), "{name}");
            assert!(told(&place, name, "fr").contains(french), "{name}");
        }
    }
    // And they are two people each.
    let people = place.run(["contacts", "--json"]).ends_with(0).json();
    let with = |number: &str| people.iter().filter(|p| p["phones"].to_string().contains(number)).count();
    assert_eq!((with("+33199000010"), with("+33639980102")), (2, 2), "{people:#?}");
}

#[test]
fn what_the_user_decided_is_a_reason_as_well() {
    let place = known();
    place.run(["contacts", "merge", "Bo Marsh", "Cy Marsh"]).ends_with(0);
    let own = reasons(&place, "Bo Marsh");
    assert!(own.iter().any(|(why, _)| why == "decided-same"), "{own:?}");
    assert!(told(&place, "Bo Marsh", "fr").contains("Réunis : vous avez dit que c’est la même personne."));
    place.run(["contacts", "split", "Ada Quill", "Ada of the choir"]).ends_with(0);
    for name in ["Ada Quill", "Ada of the choir"] {
        let own = reasons(&place, name);
        assert!(own.iter().any(|(why, _)| why == "decided-apart"), "{name}: {own:?}");
        assert!(told(&place, name, "en").contains("Not joined: you said that"), "{name}");
    }
}
