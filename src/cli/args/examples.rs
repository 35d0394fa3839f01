//! Two examples of every command, for `--help` and the manual pages: what is typed
//! is the same in every language. The tests try them all.

/// The examples of a command, by its path without the program's name.
pub(super) fn of(path: &str) -> &'static [&'static str] {
    EXAMPLES.iter().find(|(command, _)| *command == path).map_or(&[], |(_, examples)| examples)
}

const EXAMPLES: &[(&str, &[&str])] = &[
    ("", &["transhume migrate ~/Downloads", "transhume guide signal"]),
    (
        "migrate",
        &["transhume migrate ~/Downloads", "transhume migrate ~/Downloads --matrix --homeserver example.org"],
    ),
    ("guide", &["transhume guide", "transhume guide android"]),
    ("inspect", &["transhume inspect ~/Downloads/*.txt", "transhume inspect export.zip --json"]),
    (
        "import",
        &[
            "transhume import contacts.vcf chats/",
            "transhume import --fetch https://cloud.example.org --user ada",
        ],
    ),
    ("contacts", &["transhume contacts", "transhume contacts --json"]),
    ("contacts list", &["transhume contacts list", "transhume contacts list --json"]),
    (
        "contacts show",
        &["transhume contacts show 'Ada Quill'", "transhume contacts show +33639980101 --json"],
    ),
    (
        "contacts exclude",
        &["transhume contacts exclude 'My boss'", "transhume contacts exclude 'My boss' --undo"],
    ),
    (
        "contacts merge",
        &["transhume contacts merge 'Ada Quill' 'Ada Work'", "transhume contacts merge Ada ada@example.org"],
    ),
    (
        "contacts split",
        &["transhume contacts split Ada +33639980101", "transhume contacts split Ada 'Book club'"],
    ),
    ("contacts forget", &["transhume contacts forget Ada", "transhume contacts forget Ada --never-again"]),
    (
        "contacts rename",
        &["transhume contacts rename Ada 'Ada Quill'", "transhume contacts rename 'Ada Quill' --undo"],
    ),
    ("review", &["transhume review", "transhume review export questions.csv"]),
    (
        "review export",
        &["transhume review export questions.csv", "transhume review export ~/Desktop/questions.csv"],
    ),
    (
        "review apply",
        &["transhume review apply questions.csv", "transhume review apply questions.csv --json"],
    ),
    ("status", &["transhume status", "transhume status --json"]),
    ("login", &["transhume login matrix example.org", "transhume login signal"]),
    (
        "login matrix",
        &["transhume login matrix @ada:example.org", "transhume login matrix example.org --with sso"],
    ),
    (
        "login signal",
        &["transhume login signal", "transhume login signal --signal-cli unix:/run/signal-cli/socket"],
    ),
    ("logout", &["transhume logout", "transhume logout --forget"]),
    ("check", &["transhume check matrix --dry-run", "transhume check signal"]),
    (
        "check matrix",
        &["transhume check matrix --dry-run", "transhume check matrix --homeserver example.org --only email"],
    ),
    (
        "check signal",
        &["transhume check signal --dry-run", "transhume check signal --signal-cli localhost:7583"],
    ),
    ("why", &["transhume why 'Ada Quill'", "transhume why +33639980101 --json"]),
    ("plan", &["transhume plan --first 20 --share all", "transhume plan --to matrix --json"]),
    (
        "invite",
        &[
            "transhume invite --batch 5",
            "transhume invite --send --room 'Book club' --dry-run",
            "transhume invite --note-to-self --dry-run",
        ],
    ),
    (
        "invite mark",
        &["transhume invite mark 'Ada Quill' Bo sent", "transhume invite mark Bo declined --to signal"],
    ),
    (
        "invite tokens",
        &[
            "transhume invite tokens --dry-run",
            "transhume invite tokens --homeserver http://localhost:8008 --token-file token",
        ],
    ),
    ("invite list", &["transhume invite list", "transhume invite list --json"]),
    ("report", &["transhume report --html --csv", "transhume report --share --markdown"]),
    ("runs", &["transhume runs", "transhume runs diff 1"]),
    ("runs list", &["transhume runs list", "transhume runs list --json"]),
    ("runs diff", &["transhume runs diff 1", "transhume runs diff 2 5 --json"]),
    ("runs undo", &["transhume runs undo --dry-run", "transhume runs undo 2 --yes"]),
    (
        "homeserver",
        &["transhume homeserver init example.org", "transhume homeserver init example.org --dir ~/matrix"],
    ),
    (
        "homeserver init",
        &[
            "transhume homeserver init example.org",
            "transhume homeserver init example.org --address 203.0.113.7 --address 2001:db8::7",
            "transhume homeserver init example.org --existing-postgres postgresql://postgres@localhost",
        ],
    ),
    (
        "homeserver check",
        &["transhume homeserver check example.org", "transhume homeserver check @ada:example.org --json"],
    ),
    ("purge", &["transhume purge --dry-run", "transhume purge --yes"]),
    (
        "completions",
        &[
            "transhume completions bash > ~/.local/share/bash-completion/completions/transhume",
            "transhume completions fish > ~/.config/fish/completions/transhume.fish",
        ],
    ),
    ("man", &["transhume man | man -l -", "transhume man contacts merge > transhume-contacts-merge.1"]),
];
