//! The text of `transhume guide`: what to export, and how.
//!
//! A topic is a title, a paragraph, numbered steps and notes, under the keys
//! `guide-<topic>-title`, `-intro`, `-1`, `-2`, … and `-note-1`, …. A step or
//! note ends where the next number has no sentence, so a translator adds one
//! by writing it. An attribute `.command` is typed out on a line of its own.

use unicode_width::UnicodeWidthStr;

use super::{Words, key};

/// No line of the guide is wider, so that it fits the narrowest terminal.
const COLUMNS: usize = 78;

/// A page of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Getting chats off an Android phone.
    Android,
    /// Getting chats off an iPhone.
    Iphone,
    /// Signal's own export.
    Signal,
    /// Address books.
    Contacts,
}

impl Topic {
    /// Every topic, in the order in which they are named.
    pub const ALL: [Topic; 4] = [Topic::Android, Topic::Iphone, Topic::Signal, Topic::Contacts];

    /// The name used on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Topic::Android => "android",
            Topic::Iphone => "iphone",
            Topic::Signal => "signal",
            Topic::Contacts => "contacts",
        }
    }

    /// The topic of that name.
    pub fn from_id(id: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.id() == id)
    }
}

/// The guide as plain text, wrapped, ending with a newline: one topic, or the
/// overview.
pub fn guide(words: &Words, topic: Option<Topic>) -> String {
    let mut page = Page { words, text: String::new() };
    match topic {
        None => {
            page.heading(&words.say(key::GUIDE_TITLE));
            page.paragraph(&words.say(key::GUIDE_INTRO));
            page.steps("guide-", |number| format!("{number}. "));
            page.steps("guide-note-", |_| "- ".to_owned());
        }
        Some(topic) => {
            let prefix = format!("guide-{}-", topic.id());
            page.heading(&page.sentence(&format!("{prefix}title")));
            page.paragraph(&page.sentence(&format!("{prefix}intro")));
            page.steps(&prefix, |number| format!("{number}. "));
            page.steps(&format!("{prefix}note-"), |_| "- ".to_owned());
            page.heading(&words.say(key::GUIDE_TRANSFER_TITLE));
            page.steps("guide-transfer-", |_| "- ".to_owned());
        }
    }
    page.paragraph(&words.say(key::GUIDE_THEN));
    page.command(&words.attr(key::GUIDE_THEN, "command"), 2);
    page.text
}

/// A text that grows downwards.
struct Page<'a> {
    words: &'a Words,
    text: String,
}

impl Page<'_> {
    fn sentence(&self, id: &str) -> String {
        self.words.text(id, None, &[]).unwrap_or_default()
    }

    fn heading(&mut self, title: &str) {
        self.gap();
        self.text.push_str(title);
        self.text.push('\n');
        self.text.push_str(&"=".repeat(title.width()));
        self.text.push('\n');
    }

    fn paragraph(&mut self, text: &str) {
        self.gap();
        self.wrapped(text, "", 0);
    }

    /// All sentences `<prefix>1`, `<prefix>2`, … that there are.
    fn steps(&mut self, prefix: &str, bullet: impl Fn(usize) -> String) {
        for number in 1.. {
            let id = format!("{prefix}{number}");
            let Some(text) = self.words.text(&id, None, &[]) else { break };
            if number == 1 {
                self.gap();
            }
            let bullet = bullet(number);
            self.wrapped(&text, &bullet, bullet.width());
            if let Some(command) = self.words.text(&id, Some("command"), &[]) {
                self.command(&command, bullet.width() + 2);
            }
        }
    }

    /// A command is never broken, so that it can be copied.
    fn command(&mut self, command: &str, indent: usize) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(command);
        self.text.push('\n');
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Fills lines up to the width. Breaks at plain spaces only: before a
    /// French colon stands a space that does not break.
    fn wrapped(&mut self, text: &str, first: &str, indent: usize) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
            if !empty && line.width() + 1 + word.width() > COLUMNS {
                self.text.push_str(&line);
                self.text.push('\n');
                line = " ".repeat(indent);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }
}
