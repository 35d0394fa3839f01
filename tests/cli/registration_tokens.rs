//! `invite tokens` against a real Synapse: each token lets one person have one account,
//! and nobody gets two.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use crate::sending::circle;
use crate::servers::{Account, Servers};
use crate::support::{Outcome, Place};

/// Asks the homeserver something; the status and what it says.
fn ask(servers: &Servers, method: &str, path: &str, who: Option<&Account>, body: &Value) -> (u16, Value) {
    let url = format!("{}{path}", servers.known("homeserver"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut request = reqwest::Client::new().request(method.parse().unwrap(), &url);
        if let Some(who) = who {
            request = request.bearer_auth(&who.token);
        }
        let answer = request.body(body.to_string()).send().await.unwrap();
        (answer.status().as_u16(), serde_json::from_str(&answer.text().await.unwrap()).unwrap())
    })
}

/// All tokens that the server has.
fn all(servers: &Servers, admin: &Account) -> Vec<Value> {
    let path = "/_synapse/admin/v1/registration_tokens";
    let (status, told) = ask(servers, "GET", path, Some(admin), &Value::Null);
    assert_eq!(status, 200, "{told}");
    told["registration_tokens"].as_array().unwrap().clone()
}

/// Registers as a client does it for somebody who has a token.
fn register(servers: &Servers, name: &str, token: &str) -> (u16, Value) {
    let path = "/_matrix/client/v3/register";
    let mut body = json!({ "username": name, "password": format!("password-of-{name}") });
    let (status, begun) = ask(servers, "POST", path, None, &body);
    assert_eq!(status, 401, "{begun}");
    let session = begun["session"].clone();
    body["auth"] = json!({ "type": "m.login.registration_token", "token": token, "session": session });
    let (status, told) = ask(servers, "POST", path, None, &body);
    if told["completed"].as_array().is_none_or(Vec::is_empty) {
        return (status, told);
    }
    body["auth"] = json!({ "type": "m.login.dummy", "session": session });
    ask(servers, "POST", path, None, &body)
}

fn arguments<'a>(servers: &'a Servers, more: &[&'a str]) -> Vec<&'a str> {
    let usual = ["invite", "tokens", "--token-file", "token", "--homeserver", servers.known("homeserver")];
    usual.iter().chain(more).copied().collect()
}

fn tokens(place: &Place, servers: &Servers, who: &Account, more: &[&str]) -> Outcome {
    place.file("token", &who.token);
    place.run(arguments(servers, more))
}

#[test]
fn each_friend_gets_one_token_in_their_draft_and_it_is_good_for_one_account() {
    let Some(servers) = Servers::alone() else { return };
    let admin = servers.account_of("admins", "admin");
    let (place, di) = (Place::new(), servers.account());
    circle(&place, &[("Bo Tard", "bo@example.org"), ("Cy Gale", "cy@example.org"), ("Di Here", &di.mxid)]);
    let before = all(&servers, &admin).len();

    // Nothing is made to look, nor without consent, nor by somebody else.
    let looked = tokens(&place, &servers, &admin, &["--dry-run"]).ends_with(0).stdout;
    assert!(
        looked.contains("Bo Tard") && looked.contains("Cy Gale") && !looked.contains("Di Here"),
        "{looked}"
    );
    tokens(&place, &servers, &admin, &[]).ends_with(6);
    let refused = tokens(&place, &servers, &di, &["--yes"]).ends_with(5);
    assert!(refused.stderr.contains("administrator"), "{}", refused.stderr);
    assert_eq!(all(&servers, &admin).len(), before);

    let made = tokens(&place, &servers, &admin, &["--yes", "--json"]).ends_with(0).json();
    let of = |name: &str| {
        let view =
            made.iter().find(|view| view["contact"]["name"] == name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(
            (&view["schema"], view["server"].as_str()),
            (&"transhume.token/1".into(), admin.mxid.split_once(':').map(|(_, server)| server))
        );
        view["token"].as_str().unwrap().to_owned()
    };
    let (bo, cy) = (of("Bo Tard"), of("Cy Gale"));
    assert!(made.len() == 2 && bo != cy, "{made:?}");
    let kept = all(&servers, &admin);
    let kept = kept.iter().find(|kept| kept["token"] == bo.as_str()).unwrap();
    assert_eq!((&kept["uses_allowed"], &kept["completed"]), (&1.into(), &0.into()));
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let hours = (u128::from(kept["expiry_time"].as_u64().unwrap()) - now) / 3_600_000;
    assert!((24 * 30 - 1..=24 * 30).contains(&hours), "{hours}");

    // Once is enough.
    let again = tokens(&place, &servers, &admin, &["--yes", "--json"]).ends_with(0).json();
    assert_eq!(again, made);
    assert_eq!(all(&servers, &admin).len(), before + 2);

    let drafts = place.run(["invite", "--to", "matrix", "--json"]).ends_with(0).json();
    let text = |name: &str| {
        let draft =
            drafts.iter().find(|draft| draft["contact"]["name"] == name).unwrap_or_else(|| panic!("{name}"));
        draft["text"].as_str().unwrap().to_owned()
    };
    assert!(text("Bo Tard").contains(&bo) && !text("Bo Tard").contains(&cy), "{}", text("Bo Tard"));
    assert!(text("Cy Gale").contains(&cy) && !text("Di Here").contains("code"), "{drafts:?}");
    assert!(text("Bo Tard").chars().count() <= 300);

    let name = |end: &str| format!("{bo}{end}");
    let (status, first) = register(&servers, &name("1"), &bo);
    assert_eq!(status, 200, "{first}");
    assert!(first["user_id"].as_str().unwrap().starts_with(&format!("@{bo}1:")), "{first}");
    let (status, second) = register(&servers, &name("2"), &bo);
    assert_eq!((status, second["user_id"].as_str()), (401, None), "{second}");

    // Whoever is forgotten leaves no token behind.
    let holds = |text: &str| {
        let files = place.snapshot();
        let mut files = files.iter().filter(|(path, _)| path.to_string_lossy().contains("transhume.db"));
        files.any(|(_, bytes)| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
    };
    assert!(holds(&bo) && holds(&cy));
    place.run(["contacts", "forget", "Bo Tard", "--yes"]).ends_with(0);
    assert!(!holds(&bo) && holds(&cy));
}

#[test]
fn forty_tokens_killed_at_ten_points_are_forty_tokens() {
    const MANY: usize = 40;
    let Some(servers) = Servers::alone() else { return };
    let (place, admin) = (Place::new(), servers.account_of("admins", "admin"));
    let people: Vec<(String, String)> =
        (0..MANY).map(|n| (format!("Guest {n:02}"), format!("guest{n:02}@example.org"))).collect();
    let people: Vec<(&str, &str)> =
        people.iter().map(|(name, mail)| (name.as_str(), mail.as_str())).collect();
    circle(&place, &people);
    place.file("token", &admin.token);
    let before = all(&servers, &admin).len();
    let call = arguments(&servers, &["--batch", "40", "--yes", "--json"]);
    let mut dice = 0x9e37_79b9_u64;
    for _ in 0..10 {
        let mut command = place.command();
        let mut child = command.args(&call).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(100 + (dice >> 33) % 400));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let made = place.run(&call).ends_with(0).json();
    let tokens: BTreeSet<&str> = made.iter().map(|view| view["token"].as_str().unwrap()).collect();
    assert_eq!(tokens.len(), MANY);
    let kept = all(&servers, &admin);
    assert_eq!(kept.len(), before + MANY);
    assert_eq!(kept.iter().filter(|kept| tokens.contains(kept["token"].as_str().unwrap())).count(), MANY);
}
