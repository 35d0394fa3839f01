//! Of whom a message with an address speaks: of its writer, of somebody whom it
//! names, or nobody can tell.

use super::Of;

/// Words that make the following noun the writer's own.
const MY: &[&str] = &[
    "mon", "ma", "my", "mein", "meine", "meinen", "mi", "mio", "mia", "meu", "minha", "mijn", "мой", "моя",
    "моё", "мое", "mój", "moja", "moje", "min", "mitt", "mit", "mina",
];
/// What one has in a network.
const ACCOUNT: &[&str] = &[
    "matrix",
    "signal",
    "xmpp",
    "jabber",
    "element",
    "id",
    "mxid",
    "identifiant",
    "adresse",
    "address",
    "compte",
    "account",
    "konto",
    "cuenta",
    "conta",
    "pseudo",
    "handle",
    "username",
    "lien",
    "link",
    "enlace",
    "numéro",
    "number",
    "nummer",
    "contact",
    "nouveau",
    "nouvelle",
    "new",
    "neue",
    "neuer",
    "dirección",
    "indirizzo",
    "adres",
    "e-mail",
    "email",
    "mail",
    "courriel",
    "correo",
    "posta",
    "адрес",
    "почта",
];
/// Whole turns by which people say where they are found.
const HERE_I_AM: &[&str] = &[
    "je suis sur",
    "j'suis sur",
    "chuis sur",
    "trouvez-moi",
    "trouve-moi",
    "me trouver",
    "me trouverez",
    "me trouves",
    "écris-moi",
    "écrivez-moi",
    "ecris-moi",
    "ajoute-moi",
    "ajoutez-moi",
    "rejoins-moi",
    "rejoignez-moi",
    "c'est moi",
    "me joindre",
    "me contacter",
    "i'm on",
    "i am on",
    "find me",
    "reach me",
    "add me",
    "message me",
    "write me",
    "write to me",
    "that's me",
    "i'm at",
    "i'm now on",
    "ich bin auf",
    "ich bin bei",
    "ich bin jetzt auf",
    "findet mich",
    "schreib mir",
    "estoy en",
    "búscame",
    "escríbeme",
    "sono su",
    "scrivimi",
    "estou no",
    "me encontra",
    "ik zit op",
];
/// Verbs behind the name of the one who is spoken of.
const IS: &[&str] = &[
    "est", "is", "a", "has", "utilise", "uses", "ist", "hat", "está", "es", "tiene", "è", "ha", "tem",
    "heeft",
];

/// Of whom a message speaks that holds an address.
pub(super) fn subject(text: &str, lower: &str) -> Of {
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|w| !w.is_empty())
        .collect();
    let mine = words.windows(3).any(|w| {
        MY.contains(&w[0]) && (ACCOUNT.contains(&w[1]) || (ACCOUNT.contains(&w[2]) && w[1].len() <= 9))
    }) || words.windows(2).any(|w| MY.contains(&w[0]) && ACCOUNT.contains(&w[1]));
    let spaced = format!(" {} ", words.join(" "));
    let here = HERE_I_AM.iter().any(|turn| spaced.contains(&format!(" {turn} ")));
    // "Mon frère Paul est sur Matrix": a name that is spoken of outweighs.
    match named(text) {
        Some(name) => Of::Named(name),
        None if mine || here => Of::Writer,
        None => Of::Open,
    }
}

/// The name before a verb of being: one or two words with a capital.
fn named(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
        letters && word.chars().count() > 1 && word.starts_with(char::is_uppercase)
    };
    const NO_NAMES: &[&str] = &[
        "Matrix", "Signal", "Element", "XMPP", "Jabber", "WhatsApp", "Mon", "Ma", "My", "Mein", "Ça", "Elle",
        "Il", "Lui", "He", "She", "It", "This", "That", "Ce", "On",
    ];
    for (at, word) in words.iter().enumerate().skip(1) {
        if !IS.contains(&word.to_lowercase().as_str()) {
            continue;
        }
        let name = words[at - 1];
        if !capital(name) || NO_NAMES.contains(&name) {
            continue;
        }
        let first = at.checked_sub(2).map(|i| words[i]).filter(|w| capital(w) && !NO_NAMES.contains(w));
        return Some(first.map_or_else(|| name.to_owned(), |first| format!("{first} {name}")));
    }
    None
}
