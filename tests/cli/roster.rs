//! The contact list of an XMPP account: recognised in a folder, joined by name
//! with who is known from WhatsApp, and worth what the subscription says.

use serde_json::Value;

use crate::support::{Place, codes};

const CHAT: &str = "20/01/2021, 21:00 - Me: hi\n20/01/2021, 21:01 - Ada Quill: hello\n";

const LIST: &str = "<?xml version='1.0' encoding='UTF-8'?>
<server-data xmlns='urn:xmpp:pie:0'>
<host jid='example.org'>
<user name='me' password='SECRET-PASSWORD'>
<query xmlns='jabber:iq:roster'>
<item jid='ada@example.net' name='Ada Quill' subscription='both'><group>SECRET-GROUP</group></item>
<item jid='bo@example.net' name='Bo Marsh' subscription='to'/>
<item jid='cy@example.net' name='Cy Vale' subscription='from'/>
<item jid='dee@example.net' name='Dee Fox' subscription='none' ask='subscribe'/>
<item jid='signal.example.org' subscription='both'/>
</query>
<offline-messages><message><body>SECRET-BODY</body></message></offline-messages>
</user></host></server-data>
";

fn imported() -> (Place, Value) {
    let place = Place::new();
    place.file("in/WhatsApp Chat with Ada Quill.txt", CHAT);
    place.file("in/account.xml", LIST);
    place.file("in/page.xml", "<feed xmlns='http://www.w3.org/2005/Atom'/>");
    let all = place.run(["import", "--json", "--me", "Me", "in"]).ends_with(0).json();
    let list = all.into_iter().find(|item| item["kind"] == "xmpp-roster").expect("the list is recognised");
    (place, list)
}

fn verdict(place: &Place, name: &str) -> (String, String, String) {
    let people = place.run(["contacts", "--json"]).ends_with(0).json();
    let person = people.iter().find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name}: {people:?}"));
    let xmpp = &person["verdicts"]["xmpp"];
    let text = |key: &str| xmpp[key].as_str().unwrap_or("none").to_owned();
    (text("state"), text("grade"), text("identity"))
}

#[test]
fn a_subscription_both_ways_is_proof_and_less_is_less() {
    let (place, list) = imported();
    assert_eq!((&list["unit"], &list["read"], &list["rejected"]), (&"entries".into(), &5.into(), &1.into()));
    assert_eq!(codes(&list), ["roster-gateways"]);
    let told = list["problems"][0]["what"].as_str().unwrap();
    assert!(told.contains("signal.example.org") && list["problems"][0]["line"] == 10, "{list}");
    let said = |state: &str, grade: &str, jid: &str| (state.to_owned(), grade.to_owned(), jid.to_owned());
    assert_eq!(verdict(&place, "Ada Quill"), said("reachable", "A", "ada@example.net"));
    // One of the two asked once, as strangers do.
    assert_eq!(verdict(&place, "Bo Marsh"), said("likely", "C", "bo@example.net"));
    assert_eq!(verdict(&place, "Cy Vale"), said("likely", "C", "cy@example.net"));
    assert_eq!(verdict(&place, "Dee Fox"), said("likely", "C", "dee@example.net"));
    let people = place.run(["contacts", "--json"]).ends_with(0).json();
    assert_eq!(people.len(), 4, "the gateway is nobody, and Ada is one person");
    let why = place.run(["why", "Ada Quill"]).ends_with(0).stdout;
    assert!(why.contains("in your XMPP contact list") && why.contains("account.xml:6"), "{why}");
    let fr = place.run(["--lang", "fr", "why", "Dee Fox"]).ends_with(0).stdout;
    assert!(fr.contains("dans votre liste de contacts XMPP"), "{fr}");
}

#[test]
fn whom_the_user_blocked_is_left_alone() {
    let place = Place::new();
    place.file("in/WhatsApp Chat with Ada Quill.txt", CHAT);
    let blocked = "<blocklist xmlns='urn:xmpp:blocking'><item jid='ada@example.net'/><item jid='troll@example.com'/></blocklist>";
    place.file("in/account.xml", LIST.replace("</user>", &format!("{blocked}</user>")));
    let all = place.run(["import", "--json", "--me", "Me", "in"]).ends_with(0).json();
    let list = all.iter().find(|item| item["kind"] == "xmpp-roster").unwrap();
    assert_eq!((&list["read"], &list["rejected"]), (&6.into(), &1.into()));
    let people = place.run(["contacts", "--json"]).ends_with(0).json();
    let excluded: Vec<&str> = people
        .iter()
        .filter(|person| person["excluded"] == true)
        .map(|person| person["identities"][0]["value"].as_str().unwrap())
        .collect();
    assert_eq!((excluded.len(), people.len()), (2, 5), "{people:?}");
    assert!(excluded.contains(&"ada@example.net") && excluded.contains(&"troll@example.com"), "{excluded:?}");
    assert_eq!(verdict(&place, "Ada Quill").0, "excluded");
    let drafts = place.run(["invite", "--json"]).all();
    assert!(!drafts.contains("Ada"), "{drafts}");
    // The user can have them back, as with those who are blocked on Signal.
    place.run(["contacts", "exclude", "--undo", "Ada Quill"]).ends_with(0);
    assert_eq!(verdict(&place, "Ada Quill").0, "reachable");
}

#[test]
fn nothing_but_the_list_is_kept() {
    let (place, _) = imported();
    place.run(["report", "--html", "--csv"]).ends_with(0);
    for (path, bytes) in place.snapshot() {
        assert!(memchr::memmem::find(&bytes, b"SECRET").is_none(), "{}", path.display());
    }
}

#[test]
fn an_invite_to_xmpp_opens_a_contact_request() {
    let (place, _) = imported();
    place.file("ws/transhume.toml", "me = [\"Me\"]\n[reach]\nxmpp = \"me@example.org\"\n");
    place.file(
        "in/WhatsApp Chat with Eve Hill.txt",
        "20/01/2021, 21:00 - Me: hi\n20/01/2021, 21:01 - Eve Hill: hello\n",
    );
    place.run(["import", "in/WhatsApp Chat with Eve Hill.txt"]).ends_with(0);
    let drafts = place.run(["invite", "--to", "xmpp", "--json"]).ends_with(0).json();
    let draft = drafts.iter().find(|d| d["contact"]["name"] == "Eve Hill").expect("a draft for Eve");
    assert!(draft["text"].as_str().unwrap().contains("xmpp:me@example.org?roster"), "{draft}");
}

#[test]
fn a_hostile_list_is_refused_and_the_rest_goes_on() {
    let place = Place::new();
    place.file("in/WhatsApp Chat with Ada Quill.txt", CHAT);
    let bomb = LIST.replace(
        "<server-data",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"&a;&a;\">]>\n<server-data",
    );
    place.file("in/account.xml", bomb.replace("Ada Quill", "&b;"));
    let all = place.run(["import", "--json", "--me", "Me", "in"]).ends_with(3);
    assert!(all.all().contains("roster-damaged"), "{}", all.all());
    assert!(!all.all().contains("root:"));
}
