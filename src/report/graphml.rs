//! The graph as GraphML, for programs that draw and measure graphs (Gephi,
//! yEd, networkx): the user, the people and the groups as nodes, direct chats
//! and memberships as edges. No message text, no number, no address.
//!
//! An edge between the user and somebody weighs as many messages as both
//! wrote in direct chats; one between somebody and a group says whether they
//! are still in it. The names of attributes and states are those of the JSON.
//! Excluded people are left out, as in every view of where things stand.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::check::Checked;
use crate::model::finding::MemberState;
use crate::model::{Channel, Foreign, Group};
use crate::words::escape::xml;

/// The mark by which a later walk through a folder knows this file as one of
/// transhume's own, and skips it.
pub const MARK: &str = "<desc>transhume.graph/1</desc>";

/// The attributes: key, whose they are, name, type.
const ATTRIBUTES: [(&str, &str, &str, &str); 14] = [
    ("kind", "node", "kind", "string"),
    ("name", "node", "name", "string"),
    ("scope", "node", "scope", "string"),
    ("matrix", "node", "matrix", "string"),
    ("signal", "node", "signal", "string"),
    ("xmpp", "node", "xmpp", "string"),
    ("reachable", "node", "reachable", "boolean"),
    ("messages", "node", "messages", "long"),
    ("last", "node", "last_message", "string"),
    ("complete", "node", "members_complete", "boolean"),
    ("edge", "edge", "kind", "string"),
    ("state", "edge", "state", "string"),
    ("admin", "edge", "admin", "boolean"),
    ("weight", "edge", "weight", "double"),
];

/// Writes the graph. `people` and `groups` are the graph's, in its order.
///
/// # Errors
/// Whatever writing says.
pub fn graph(people: &[Checked], groups: &[Group], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    writeln!(out, "  {MARK}")?;
    for (id, of, name, kind) in ATTRIBUTES {
        writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"contacts\" edgedefault=\"undirected\">")?;
    node(out, "me", [("kind", "me".to_owned())])?;
    let there: BTreeMap<usize, &Checked> =
        people.iter().enumerate().filter(|(_, person)| !person.contact.excluded).collect();
    for (place, person) in &there {
        node(out, &person_id(*place), about(person))?;
    }
    for (place, group) in groups.iter().enumerate() {
        let data = [
            ("kind", "group".to_owned()),
            ("name", text(&group.title)),
            ("messages", group.messages.to_string()),
            ("complete", group.members_complete.to_string()),
        ];
        node(out, &group_id(place), data)?;
    }
    for (place, person) in &there {
        let direct = person.contact.direct.mine + person.contact.direct.theirs;
        if direct > 0 {
            edge(
                out,
                "me",
                &person_id(*place),
                [("edge", "direct".to_owned()), ("weight", direct.to_string())],
            )?;
        }
    }
    for (place, group) in groups.iter().enumerate() {
        for (member, state) in group.members.iter().filter(|(member, _)| there.contains_key(member)) {
            let state = match state {
                MemberState::In => "in",
                MemberState::Left => "left",
                MemberState::Removed => "removed",
            };
            let data = [
                ("edge", "member".to_owned()),
                ("state", state.to_owned()),
                ("admin", group.admins.contains(member).to_string()),
                ("weight", "1".to_owned()),
            ];
            edge(out, &person_id(*member), &group_id(place), data)?;
        }
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn about(person: &Checked) -> Vec<(&'static str, String)> {
    let contact = &person.contact;
    let mut data = vec![("kind", "person".to_owned())];
    data.extend(contact.name.as_ref().map(|name| ("name", text(name))));
    data.push(("scope", contact.scope.id().to_owned()));
    for channel in Channel::ALL {
        data.push((channel.id(), person.verdicts.get(channel).state.id().to_owned()));
    }
    data.push(("reachable", person.is_reachable().to_string()));
    data.push(("messages", contact.messages.to_string()));
    data.extend(contact.last_message.map(|at| ("last", at.to_string())));
    data
}

/// Nodes are called by their place, never by a name.
fn person_id(place: usize) -> String {
    format!("p{place}")
}

fn group_id(place: usize) -> String {
    format!("g{place}")
}

fn text(foreign: &Foreign) -> String {
    xml(foreign).to_string()
}

fn node(
    out: &mut dyn Write,
    id: &str,
    data: impl IntoIterator<Item = (&'static str, String)>,
) -> io::Result<()> {
    writeln!(out, "    <node id=\"{id}\">{}</node>", values(data))
}

fn edge(
    out: &mut dyn Write,
    from: &str,
    to: &str,
    data: impl IntoIterator<Item = (&'static str, String)>,
) -> io::Result<()> {
    writeln!(out, "    <edge source=\"{from}\" target=\"{to}\">{}</edge>", values(data))
}

fn values(data: impl IntoIterator<Item = (&'static str, String)>) -> String {
    data.into_iter().map(|(key, value)| format!("<data key=\"{key}\">{value}</data>")).collect()
}

#[cfg(test)]
mod tests {
    use quick_xml::events::Event;

    use super::super::sample;
    use super::*;
    use crate::read::recognise::{Looks, recognise};

    fn written(people: &[Checked], groups: &[Group]) -> String {
        let mut bytes = Vec::new();
        graph(people, groups, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// The texts of all values of a key, as an XML parser reads them.
    fn read(document: &str, key: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(document);
        let (mut found, mut inside) = (Vec::new(), None::<String>);
        let wanted = format!("key=\"{key}\"");
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) if e.ends_with(&wanted) => inside = Some(String::new()),
                Event::Text(text) => {
                    if let Some(value) = &mut inside {
                        value.push_str(&text);
                    }
                }
                Event::GeneralRef(name) => {
                    if let Some(value) = &mut inside {
                        value.push_str(&quick_xml::escape::unescape(&format!("&{};", &*name)).unwrap());
                    }
                }
                Event::End(_) => found.extend(inside.take()),
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn people_groups_and_what_ties_them() {
        let mut people = sample::people();
        people[3].contact.direct = crate::model::contact::Direct::default();
        let mut group = sample::group("Famille");
        group.members = [(0, MemberState::In), (1, MemberState::Left), (7, MemberState::In)].into();
        group.admins = [0].into();
        let text = written(&people, &[group]);
        assert!(text.contains("<node id=\"p0\"><data key=\"kind\">person</data><data key=\"name\">Ada</data><data key=\"scope\">circle</data>"), "{text}");
        assert!(text.contains("<edge source=\"me\" target=\"p0\"><data key=\"edge\">direct</data><data key=\"weight\">120</data></edge>"), "{text}");
        assert!(!text.contains("target=\"p3\""), "no direct chat, no edge: {text}");
        let member = "<edge source=\"p0\" target=\"g0\"><data key=\"edge\">member</data><data key=\"state\">in</data><data key=\"admin\">true</data>";
        assert!(text.contains(member), "{text}");
        assert!(text.contains("<edge source=\"p1\" target=\"g0\"><data key=\"edge\">member</data><data key=\"state\">left</data>"), "{text}");
        // The excluded one is nowhere.
        assert!(!text.contains("Never") && !text.contains("p7"), "{text}");
        assert!(!text.contains("+33"), "no number stands in it");
        assert_eq!(read(&text, "kind").len(), 1 + 7 + 1);
        assert_eq!(recognise(text.as_bytes()), Looks::Ours);
    }

    #[test]
    fn d17_hostile_names_and_titles_are_texts_and_come_back() {
        for name in sample::HOSTILE.into_iter().chain([
            "]]><!-- & --><![CDATA[",
            "a\u{0}\u{b}\u{fffe}",
            "<?xml?>&lt;\"'",
        ]) {
            let text = written(&[sample::person(1, Some(name), &[])], &[sample::group(name)]);
            let acts = |c: char| c.is_control() || c == '\u{202e}' || c == '\u{fffe}';
            let names = read(&text, "name");
            assert_eq!(names.len(), 2, "{name:?}: {text}");
            for read in names {
                assert_eq!(
                    read == name,
                    !name.contains(|c: char| acts(c) && !"\r\n\t".contains(c)),
                    "{name:?} {read:?}"
                );
            }
            assert_eq!(text.matches("<node").count(), 3, "{name:?}");
        }
    }
}
