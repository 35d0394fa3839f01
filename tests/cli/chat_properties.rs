//! What holds for whatever chats there are: a mark anywhere changes nothing, and the
//! order of files does not matter.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use transhume::graph::{self, Decisions, Graph, Ledger, Source};
use transhume::model::finding::Chat;
use transhume::model::{ContactId, Finding, Foreign};

use super::chat_forms::read;

const MARKS: [char; 8] =
    ['\u{200e}', '\u{200f}', '\u{61c}', '\u{202a}', '\u{202c}', '\u{2068}', '\u{2060}', '\u{feff}'];

const PEOPLE: [&str; 6] =
    ["Ada Quill", "Bo Marsh", "~ Cy", "+44 7700 900101", "Zoë", "\u{202a}+44\u{a0}7700\u{a0}900102\u{202c}"];

/// A chat of some people, from some day on; a group if more than two write.
fn any_chat() -> impl Strategy<Value = (String, String)> {
    let writers = proptest::collection::vec(0..PEOPLE.len(), 1..40);
    let title = select(&["Ada Quill", "Bo Marsh", "Choir", "Hill walk", "Family"][..]);
    (writers, title, 1..20usize, select(&["\n", "\r\n"][..]), any::<bool>()).prop_map(
        |(writers, title, day, end, ios)| {
            let mut text = String::new();
            for (index, writer) in writers.iter().enumerate() {
                let minute = index * 11 % 60;
                let (day, hour) = (day + index / 8, 8 + index % 8);
                let stamp = match ios {
                    true => format!("[{day:02}/11/2024, {hour:02}:{minute:02}:00] "),
                    false => format!("{day:02}/11/2024, {hour:02}:{minute:02} - "),
                };
                text.push_str(&format!("{stamp}{}: hi, see you at {hour}{end}", PEOPLE[*writer]));
            }
            (format!("WhatsApp Chat with {title}.txt"), text)
        },
    )
}

/// What a chat says of everybody, without the lines.
fn told(chat: &Chat) -> String {
    let people: Vec<_> = chat
        .people
        .iter()
        .map(|p| (p.name.key(), p.push_name, p.phone.clone(), p.messages, p.first, p.last))
        .collect();
    format!("{:?} {:?} {:?} {people:?}", chat.kind, chat.dates, chat.counts)
}

/// A graph without its ids.
fn shown(graph: &Graph) -> String {
    let mut contacts: Vec<String> = graph
        .contacts
        .iter()
        .map(|c| {
            let names: Vec<&str> = c.names.iter().map(Foreign::raw).collect();
            let groups: Vec<&str> = c.groups.iter().map(|g| graph.groups[*g].title.raw()).collect();
            let phones: Vec<&str> = c.phones.iter().map(transhume::model::Phone::as_str).collect();
            format!("{names:?} {phones:?} {groups:?} {} {:?} {:?}", c.messages, c.last_message, c.scope)
        })
        .collect();
    contacts.sort();
    contacts.join("\n")
}

fn derive(sources: &[Source]) -> Graph {
    let mut next = 0u64;
    let mut fresh = || {
        next += 1;
        ContactId::from_random(next.to_be_bytes())
    };
    graph::derive(sources, &Decisions::default(), &mut Ledger::default(), &mut fresh)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mark_before_any_word_changes_nothing(
        (name, text) in any_chat(),
        marks in proptest::collection::vec((any::<Index>(), select(&MARKS[..])), 1..6),
    ) {
        let expected = told(&read(&name, &text).unwrap());
        let mut marked = text;
        for (place, mark) in marks {
            // Anywhere but at the beginning of what somebody wrote, where WhatsApp
            // itself sets marks that mean something, and inside of line ends.
            let meaning = |at: usize| marked[..at].ends_with(": ") || marked[..at].ends_with('\r');
            let places: Vec<usize> = marked.char_indices().map(|(at, _)| at).filter(|at| !meaning(*at)).collect();
            let at = *place.get(&places);
            marked.insert(at, mark);
        }
        prop_assert_eq!(told(&read(&name, &marked).unwrap()), expected, "{:?}", marked);
    }

    #[test]
    fn files_in_any_order_give_the_same_graph(
        chats in proptest::collection::vec(any_chat(), 1..6),
        order in any::<prop::sample::Selector>(),
    ) {
        // A walk gives each file a path of its own.
        let sources: Vec<Source> = chats.iter().enumerate().filter_map(|(index, (name, text))| {
            let chat = read(name, text)?;
            Some(Source { path: Foreign::new(format!("{index}/{name}")), finding: Finding::Chat(chat.into()) })
        }).collect();
        let expected = shown(&derive(&sources));
        let mut shuffled = Vec::new();
        let mut left = sources.clone();
        while !left.is_empty() {
            let at = order.select(0..left.len());
            shuffled.push(left.remove(at));
        }
        prop_assert_eq!(shown(&derive(&shuffled)), expected);
    }
}
