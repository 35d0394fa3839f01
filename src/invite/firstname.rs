//! How to greet somebody, and how to name a group, in a message.
//!
//! A saved name is whatever helps the user to find somebody: “Dr. Weber”,
//! “Maman Léo”, “❤️ Anne”, “DURAND Paul”, “Plombier”. A greeting wants the
//! first name, and no name is better than a wrong one. What people call
//! themselves is never used: the user may not know them by it.

use unicode_normalization::char::is_combining_mark;

use crate::model::{Contact, Foreign};

/// A first name that is longer is none.
const LONGEST_NAME: usize = 24;

/// A group's title that is longer is not quoted.
const LONGEST_TITLE: usize = 32;

/// First words that make a whole saved name something else than a first name:
/// titles, relations, trades. Compared in lower case, without a final dot.
const NOT_FIRST_NAMES: &str = " dr docteur doctor prof professeur professor m mr mrs ms mx mme mlle madame \
    monsieur miss sir maître maitre me herr frau père pere mère mere father mother frère frere soeur sœur brother \
    sister oncle tonton tante tata tatie uncle aunt auntie cousin cousine neveu nièce nephew niece voisin voisine \
    voisins neighbour neighbor belle-mère belle-sœur belle-soeur beau-père beau-frère grand-mère grand-père \
    grandma grandpa grandmother grandfather husband wife mari femme fils fille son daughter ex copain copine \
    patron patronne boss chef cheffe coach collègue colleague nounou nanny babysitter plombier plumber electrician \
    électricien garage garagiste médecin medecin dentiste dentist kiné ostéo vet véto école ecole school crèche \
    taxi pizza resto restaurant hôtel hotel hôpital hospital cabinet pharmacie pharmacy boulangerie coiffeur \
    coiffeuse notaire avocat lawyer landlord propriétaire proprio concierge gardien gardienne famille family \
    mon ma mes my le la les the l un une a frau doktor prof. mutter vater bruder schwester onkel oma opa chefin arzt \
    ärztin zahnarzt nachbar nachbarin schule praxis mein meine der die das señor señora sr sra srta don doña tío tía \
    primo prima abuela abuelo abuelita vecino vecina jefe jefa médico colegio mi el los las signor signora signorina \
    dott dottor dottoressa zio zia nonno nonna cugino cugina vicino vicina capo medico scuola mio mia il lo gli \
    senhor senhora dona avó avô vizinho vizinha escola meu minha os as meneer mevrouw mevr dhr oom buurman \
    buurvrouw baas huisarts tandarts mijn de het een ";

/// What the user calls a parent: fine on its own, but in front of another
/// name somebody else's parent (“Maman Léo”).
const PARENTS: &str = " maman papa mamie papi papy mum mummy mom mommy dad daddy granny nana grandma grandpa mama mami oma opa \
    omi opi mamá papá mamma babbo mãe pai ";

/// The name for a greeting; none if only what they call themselves, or a
/// number, is known, or if the first word is no first name.
pub fn greeting(contact: &Contact) -> Option<String> {
    let name = contact.name.as_ref().filter(|_| contact.saved)?;
    let key = name.key();
    // “Durand, Anne”: the first name stands behind the comma.
    let part = key.split_once(',').map_or(key.as_str(), |(_, given)| given);
    let words: Vec<&str> = part.split_whitespace().map(trimmed).filter(|word| !word.is_empty()).collect();
    let first = words.first()?;
    let folded = format!(" {} ", first.to_lowercase());
    if NOT_FIRST_NAMES.contains(&folded) && !(PARENTS.contains(&folded) && words.len() == 1)
        || PARENTS.contains(&folded) && words.len() > 1
    {
        return None;
    }
    // “DURAND Paul”: a family name in capitals, as is usual in French.
    let given = words.iter().find(|word| !is_shouted(word)).filter(|_| is_shouted(first)).unwrap_or(first);
    let letters = given.chars().filter(|c| c.is_alphabetic()).count();
    let good = letters > 1
        && given.chars().count() <= LONGEST_NAME
        && !given.contains(['@', '/'])
        && !has_inner_dot(given)
        && !given.chars().any(|c| c.is_numeric() || c.is_control());
    good.then(|| (*given).to_owned())
}

/// A group's title for a message: cleaned; none if it is blank, long, or
/// holds something that the receiver's phone would make a link of.
pub fn title(title: &Foreign) -> Option<String> {
    let key = title.key();
    let clean: String = key.chars().filter(|c| !c.is_control()).collect();
    let linked =
        clean.contains("://") || clean.contains("www.") || clean.contains('@') || has_inner_dot(&clean);
    let good = clean.chars().any(char::is_alphanumeric) && clean.chars().count() <= LONGEST_TITLE && !linked;
    good.then_some(clean)
}

/// A group's title for a message in the group itself, where it is known anyway:
/// cleaned; none if it is blank or very long.
pub fn plain(title: &Foreign) -> Option<String> {
    let clean: String = title.key().chars().filter(|c| !c.is_control()).collect();
    (!clean.is_empty() && clean.chars().count() <= 100).then_some(clean)
}

/// A word without emoji and punctuation around it. Braces and the like stay:
/// a name is a name.
fn trimmed(word: &str) -> &str {
    // What makes an emoji of a sign is a mark too.
    let makes_emoji = |c: char| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{20e3}');
    let sign = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !is_combining_mark(c);
    let around = |c: char| "~*_-.,;:!?()\"'#+".contains(c) || makes_emoji(c) || sign(c);
    let word = word.trim_matches(around);
    if word.chars().any(char::is_alphanumeric) { word } else { "" }
}

/// Whether a word of two letters or more is all in capitals.
fn is_shouted(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && word.chars().all(|c| !c.is_lowercase())
        && word.chars().any(char::is_uppercase)
}

/// Whether a dot stands between letters, as in `evil.example`.
fn has_inner_dot(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).any(|w| w[1] == '.' && w[0].is_alphanumeric() && w[2].is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invite::sample::contact;

    fn greet(name: &str) -> Option<String> {
        greeting(&contact("00", name))
    }

    #[test]
    fn first_names_are_found() {
        for (saved, first) in [
            ("Anne Martin", "Anne"),
            ("❤️ Anne 🌻", "Anne"),
            ("Anne❤️", "Anne"),
            ("👩‍👩‍👧 Anne", "Anne"),
            ("DURAND Paul", "Paul"),
            ("PAUL", "PAUL"),
            ("Durand, Paul", "Paul"),
            ("Jean-Luc Moreau", "Jean-Luc"),
            ("Jose\u{301}e Martin", "Josée"),
            ("Maman ❤️", "Maman"),
            ("Oma", "Oma"),
            ("(Anne) école", "Anne"),
            ("محمد علي", "محمد"),
            ("\u{202e}Anne\u{202c} Martin", "Anne"),
            ("Jo", "Jo"),
        ] {
            assert_eq!(greet(saved).as_deref(), Some(first), "{saved}");
        }
    }

    #[test]
    fn no_name_is_better_than_a_wrong_one() {
        for saved in [
            "Dr. Weber",
            "Mme Durand",
            "M. Durand",
            "Maman Léo",
            "Papa de Léo",
            "Tante Anne",
            "Plombier",
            "+33 6 39 98 01 23",
            "❤️",
            "A. Martin",
            "R2D2",
            "anne@example.org",
            "https://evil.example/x",
            "evil.example",
            "Frau Weber",
            "Tía Inés",
            "Oma Grete",
            "",
            &"a".repeat(25),
        ] {
            assert_eq!(greet(saved), None, "{saved}");
        }
        let mut unsaved = contact("00", "Anne");
        unsaved.saved = false;
        assert_eq!(greeting(&unsaved), None);
    }

    #[test]
    fn titles_are_quoted_only_if_they_are_harmless() {
        let quoted = |text: &str| title(&Foreign::from(text));
        assert_eq!(quoted("Course à pied 🏃").as_deref(), Some("Course à pied 🏃"));
        assert_eq!(quoted(" Book\u{202e}\u{7}  club\n").as_deref(), Some("Book club"));
        for bad in ["", "🎉", "win at evil.example", "https://x", "@room", &"a".repeat(33)] {
            assert_eq!(quoted(bad), None, "{bad}");
        }
    }
}
