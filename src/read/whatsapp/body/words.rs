//! The words by which a language is known, and by which people say *you*.

/// The commonest short words of the languages that drafts may be written in,
/// and of their neighbours, so that these are not taken for them.
pub(super) const COMMON: &[(&str, &[&str])] = &[
    (
        "ru",
        &[
            "и",
            "в",
            "не",
            "на",
            "я",
            "что",
            "ты",
            "с",
            "это",
            "как",
            "мы",
            "у",
            "вы",
            "но",
            "да",
            "нет",
            "за",
            "так",
            "по",
            "уже",
            "будет",
            "завтра",
        ],
    ),
    (
        "pl",
        &[
            "i", "w", "nie", "na", "się", "to", "że", "jest", "z", "jak", "ale", "co", "tak", "czy", "już",
            "mam", "będę", "jutro", "dzisiaj", "proszę",
        ],
    ),
    (
        "en",
        &[
            "the", "you", "and", "is", "it", "to", "of", "that", "for", "not", "are", "was", "have", "this",
            "what", "my", "be", "with", "i'm", "don't", "we", "your", "me", "just", "at",
        ],
    ),
    (
        "fr",
        &[
            "je", "tu", "est", "pas", "les", "des", "une", "que", "qui", "pour", "dans", "sur", "avec",
            "c'est", "vous", "nous", "mais", "j'ai", "et", "le", "il", "on", "ça", "du", "t'as", "moi",
            "oui", "à",
        ],
    ),
    (
        "de",
        &[
            "ich", "du", "ist", "nicht", "und", "das", "die", "der", "wir", "ein", "auch", "mit", "auf",
            "für", "ja", "nein", "noch", "aber",
        ],
    ),
    (
        "es",
        &[
            "que", "no", "el", "los", "es", "por", "una", "para", "con", "pero", "muy", "qué", "sí", "lo",
            "te", "ya", "mañana", "hoy",
        ],
    ),
    (
        "it",
        &[
            "che", "non", "il", "gli", "è", "per", "una", "con", "ma", "sono", "anche", "ho", "di", "mi",
            "ti", "ci", "sì", "domani",
        ],
    ),
    (
        "pt",
        &[
            "que", "não", "os", "é", "por", "uma", "para", "com", "mas", "você", "eu", "um", "está", "sim",
            "amanhã", "hoje", "muito",
        ],
    ),
    (
        "nl",
        &[
            "ik", "je", "is", "niet", "en", "het", "de", "een", "van", "dat", "wij", "maar", "ook", "met",
            "voor", "nog", "ja", "nee",
        ],
    ),
];

/// How a language says *you* to a friend and to a stranger. Words in capitals
/// count only where no sentence begins: German *sie* is also *she*.
pub(super) struct Forms {
    pub(super) language: &'static str,
    pub(super) familiar: &'static [&'static str],
    pub(super) formal: &'static [&'static str],
    pub(super) formal_in_capitals: &'static [&'static str],
}

pub(super) const FORMS: &[Forms] = &[
    Forms {
        language: "fr",
        familiar: &["tu", "te", "toi", "ton", "ta", "tes", "t'as", "t'es"],
        formal: &["vous", "votre", "vos"],
        formal_in_capitals: &[],
    },
    Forms {
        language: "de",
        familiar: &["du", "dich", "dir", "dein", "deine", "deinen", "deiner"],
        formal: &[],
        formal_in_capitals: &["Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer"],
    },
    Forms {
        language: "es",
        familiar: &["tú", "te", "ti", "tu", "tus", "contigo", "vos"],
        formal: &["usted", "ustedes", "ud", "uds"],
        formal_in_capitals: &[],
    },
    Forms {
        language: "it",
        familiar: &["tu", "te", "ti", "tuo", "tua", "tuoi", "tue"],
        formal: &["signora", "signore"],
        formal_in_capitals: &["Lei", "Suo", "Sua", "Suoi", "Sue"],
    },
    Forms {
        language: "pt",
        familiar: &["tu", "te", "ti", "teu", "tua", "você", "vc"],
        formal: &["senhor", "senhora", "sr", "sra"],
        formal_in_capitals: &[],
    },
    Forms {
        language: "nl",
        familiar: &["je", "jij", "jou", "jouw"],
        formal: &["u", "uw"],
        formal_in_capitals: &[],
    },
    Forms {
        language: "ru",
        familiar: &["ты", "тебя", "тебе", "тобой", "твой", "твоя"],
        formal: &["вы", "вас", "вам", "вами", "ваш", "ваша", "ваше"],
        formal_in_capitals: &[],
    },
    Forms {
        language: "pl",
        familiar: &["ty", "ciebie", "cię", "tobie", "ci", "twój", "twoja"],
        formal: &["pan", "pani", "pana", "panu", "panią", "państwo", "państwa"],
        formal_in_capitals: &[],
    },
];
