//! What was understood in a file, for people to read.

use crate::model::database::Database;
use crate::model::finding::{Chat, ChatKind, DecidedBy};
use crate::model::kind::Platform;
use crate::model::{Finding, Foreign, Kind};
use crate::read::Reading;
use crate::words::{Value, Words, key};

use crate::words::escape;

/// So many people of a chat are listed.
const LISTED: usize = 12;

/// What was understood in one item, in a few lines.
pub fn inspect(path: &Foreign, kind: Kind, reading: &Reading, words: &Words) -> String {
    let mut lines = vec![format!("{} [{}]", escape::terminal_uncut(path), kind.id())];
    match &reading.finding {
        Some(Finding::Chat(chat)) => chat_lines(chat, words, &mut lines),
        Some(Finding::Book(_) | Finding::Signal(_) | Finding::Account(_)) => {
            let values = [("cards", reading.tally.read.into()), ("rejected", reading.tally.rejected.into())];
            lines.push(format!("  {}", words.say_with(key::INSPECT_BOOK, &values)));
        }
        Some(Finding::Database(database)) => database_lines(database, reading, words, &mut lines),
        None => {}
    }
    lines.join("\n")
}

fn database_lines(database: &Database, reading: &Reading, words: &Words, lines: &mut Vec<String>) {
    let hidden = database.people.iter().filter(|p| p.phone.is_none() && p.number.is_none()).count();
    let named = database.people.iter().filter(|p| p.saved_name.is_some()).count();
    let direct = database.chats.iter().filter(|c| c.partner.is_some()).count();
    let complete = database.chats.iter().filter(|c| c.members_complete).count();
    let messages: u64 = database.chats.iter().map(crate::model::database::Chat::messages).sum();
    let mut say =
        |key, values: &[(&str, Value<'_>)]| lines.push(format!("  {}", words.say_with(key, values)));
    say(
        key::INSPECT_DATABASE,
        &[
            ("people", database.people.len().into()),
            ("named", named.into()),
            ("hidden", hidden.into()),
            ("rejected", reading.tally.rejected.into()),
        ],
    );
    if !database.chats.is_empty() {
        say(
            key::INSPECT_DATABASE_CHATS,
            &[
                ("direct", direct.into()),
                ("groups", (database.chats.len() - direct).into()),
                ("complete", complete.into()),
                ("messages", messages.into()),
            ],
        );
    }
    if !database.linked.is_empty() {
        say(key::INSPECT_DATABASE_LINKED, &[("count", database.linked.len().into())]);
    }
}

fn chat_lines(chat: &Chat, words: &Words, lines: &mut Vec<String>) {
    let none = words.say(key::INSPECT_NO_TITLE);
    let title = escape::terminal_or(chat.title.as_ref().unwrap_or(&Foreign::new("")), &none);
    let kind = match chat.kind {
        ChatKind::Group => "group",
        ChatKind::Direct => "direct",
        ChatKind::Unknown => "unknown",
    };
    let platform = match chat.platform {
        Platform::Android => "Android",
        Platform::Ios => "iOS",
    };
    let c = &chat.counts;
    let mut say =
        |key, values: &[(&str, Value<'_>)]| lines.push(format!("  {}", words.say_with(key, values)));
    say(
        key::INSPECT_CHAT,
        &[
            ("kind", kind.into()),
            ("title", (&title).into()),
            ("platform", platform.into()),
            ("messages", c.messages.into()),
            ("notices", c.notices.into()),
            ("media", c.media.into()),
        ],
    );
    say(
        key::INSPECT_LINES,
        &[
            ("lines", c.lines.into()),
            ("headers", c.headers.into()),
            ("continuations", c.continuations.into()),
            ("blank", c.blank.into()),
            ("skipped", c.skipped_lines.into()),
        ],
    );
    let order = format!("{:?}", chat.dates.order).to_lowercase();
    say(
        key::INSPECT_DATES,
        &[("order", order.as_str().into()), ("decided", decided(chat.dates.decided_by).into())],
    );
    for person in chat.people.iter().take(LISTED) {
        let raw =
            if person.push_name { format!("~ {}", person.name.raw()) } else { person.name.raw().to_owned() };
        let name = escape::terminal(&Foreign::new(raw));
        let date =
            |at: Option<crate::model::Moment>| at.map_or_else(|| "?".to_owned(), |at| at.date().to_string());
        let (first, last) = (date(person.first), date(person.last));
        say(
            key::INSPECT_WRITER,
            &[
                ("name", (&name).into()),
                ("messages", person.messages.into()),
                ("first", first.as_str().into()),
                ("last", last.as_str().into()),
            ],
        );
    }
    let more = chat.people.len().saturating_sub(LISTED);
    if more > 0 {
        say(key::INSPECT_MORE, &[("count", more.into())]);
    }
}

/// The stable name of what decided the date order.
fn decided(by: DecidedBy) -> &'static str {
    match by {
        DecidedBy::YearFirst => "year-first",
        DecidedBy::DayAbove12 => "day-above-12",
        DecidedBy::Monotonic => "monotonic",
        DecidedBy::FileNames => "file-names",
        DecidedBy::Separators => "separators",
        DecidedBy::Language => "language",
        DecidedBy::Siblings => "siblings",
        DecidedBy::Option => "option",
        DecidedBy::Default => "default",
    }
}
