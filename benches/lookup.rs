//! How fast identities are asked about: `cargo bench --bench lookup`.
//!
//! Against a real Synapse and a real Sydent, which `tests/servers/servers.py`
//! installs and starts. What transhume does with 100,000 identities (hashing,
//! sending, checking and keeping the answers) is held against a bare loop that
//! sends the same batches, ready made, and reads the answers: seconds on the
//! clock, both in turns, the median of each. Hashing is held against SHA-256
//! of the same bytes alone.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark reads clocks, files and servers"
)]

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use transhume::check::hash::{Pepper, lookup_hash};
use transhume::check::homeserver_client::Account;
use transhume::check::http_client::{Http, Rules};
use transhume::check::identity_client::IdentityServer;
use transhume::check::place::Base;
use transhume::check::question::BATCH;
use transhume::check::session::Token;
use transhume::check::session_client::Pass;
use transhume::model::identity::Email;
use transhume::model::threepid::ThreePid;
use transhume::model::{Foreign, Moment};
use transhume::workspace::asked::{Amount, Step};
use transhume::workspace::{Folder, Store, lock};

type Done<T> = Result<T, Box<dyn Error>>;

/// Runs of each side.
const RUNS: usize = 7;

const IDENTITIES: usize = 100_000;

fn main() -> Done<()> {
    let email = |n| Email::parse(&format!("person{n}@bench.example.org")).map(ThreePid::Email);
    let identities: Vec<ThreePid> = (0..IDENTITIES).filter_map(email).collect();
    hashing(&identities)?;

    let servers = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/servers");
    let call = |what: &str| -> Done<()> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/servers.py");
        let status = Command::new("python3").arg(script).arg(what).arg(&servers).status()?;
        if status.success() { Ok(()) } else { Err(format!("servers.py {what}: {status}").into()) }
    };
    std::fs::create_dir_all(&servers)?;
    call("install")?;
    call("up")?;
    let measured = asking(&servers, &identities);
    call("down")?;
    measured
}

fn hashing(identities: &[ThreePid]) -> Done<()> {
    let pepper = Pepper::new("x1svG").map_err(|_| "a weak pepper")?;
    let bytes: Vec<String> = identities.iter().map(|i| format!("{} email x1svG", i.canonical())).collect();
    let (mut own, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        own.push(timed(|| identities.iter().for_each(|i| drop(black_box(lookup_hash(i, &pepper))))));
        alone.push(timed(|| bytes.iter().for_each(|text| drop(black_box(Sha256::digest(text).to_vec())))));
    }
    let (own, alone) = (median(&mut own), median(&mut alone));
    println!(
        "hashing {IDENTITIES} identities: {:.1} ms = {:.2} times SHA-256 alone ({:.1} ms)",
        own * 1e3,
        own / alone,
        alone * 1e3
    );
    Ok(())
}

fn asking(servers: &Path, identities: &[ThreePid]) -> Done<()> {
    let told: Value = serde_json::from_slice(&std::fs::read(servers.join("data/servers.json"))?)?;
    let known = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
    let token = told["users"]["u00"]["token"].as_str().unwrap_or_default();
    let pass = Pass::of_token(Token::parse(token).ok_or("a token")?);
    let identity = known("identity");
    let base = |url: &str| Base::parse(url).map_err(|why| format!("{url}: {why:?}"));
    let rules = Rules { authority: None, allow_private: true, timeout: Duration::from_secs(30) };
    let http = Http::new(&rules, Arc::new(AtomicBool::new(false)), Box::new(|_, _| {}))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;

    let workspace = tempfile::tempdir()?;
    let folder = Folder::resolve(Some(workspace.path().join("ws")))?;
    folder.create()?;
    let lock = lock::take(&folder)?;
    let mut store = Store::open(&folder, &lock)?;
    let now = Moment::parse("2026-01-01T00:00:00Z").ok_or("a moment")?;

    runtime.block_on(async {
        let account = Account::new(&http, base(&known("homeserver"))?, &pass);
        let me = account.whoami().await?;
        let mut server = IdentityServer::enter(&http, base(&identity)?, &account, me.clone()).await?;
        let terms = server.terms("en").await?;
        server.accept(&terms).await?;
        let pepper = server.agree_on_hash().await?.clone();

        let openid = account.openid_token(&me).await?;
        let bare = Bare::new(
            &identity,
            &openid.access_token,
            openid.matrix_server_name.as_str(),
            identities,
            &pepper,
        )
        .await?;
        let (mut own, mut loops) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let begun = Instant::now();
            let all = Amount { hashed: IDENTITIES, plain: 0 };
            let lookup = store.begin_lookup(&Foreign::from("bench"), Step::Identity, now, all)?;
            for batch in identities.chunks(BATCH) {
                let heard = server.lookup(batch).await?;
                store.keep_answers(lookup, batch.iter().map(|asked| (asked, heard.found.get(asked))))?;
            }
            store.end_lookup(lookup, all)?;
            own.push(begun.elapsed().as_secs_f64());

            let begun = Instant::now();
            bare.run().await?;
            loops.push(begun.elapsed().as_secs_f64());
        }
        let (own, bare) = (median(&mut own), median(&mut loops));
        println!(
            "asking about {IDENTITIES} identities: {own:.2} s = {:.2} times a bare loop ({bare:.2} s)",
            own / bare
        );
        Ok(())
    })
}

/// The same batches, ready made.
struct Bare {
    client: reqwest::Client,
    url: String,
    token: String,
    bodies: Vec<String>,
}

impl Bare {
    /// Registers by itself, as the user whom the homeserver vouches for.
    async fn new(
        identity: &str,
        openid: &str,
        server_name: &str,
        identities: &[ThreePid],
        pepper: &Pepper,
    ) -> Done<Bare> {
        let client = reqwest::Client::new();
        let vouched = json!({ "access_token": openid, "token_type": "Bearer",
            "matrix_server_name": server_name, "expires_in": 3600 });
        let register = client.post(format!("{identity}/_matrix/identity/v2/account/register"));
        let answer = register.body(vouched.to_string()).send().await?.error_for_status()?.bytes().await?;
        let registered: Value = serde_json::from_slice(&answer)?;
        let body = |batch: &[ThreePid]| {
            let hashes: Vec<String> = batch.iter().map(|i| lookup_hash(i, pepper)).collect();
            json!({ "addresses": hashes, "algorithm": "sha256", "pepper": pepper.as_str() }).to_string()
        };
        Ok(Bare {
            client,
            url: format!("{identity}/_matrix/identity/v2/lookup"),
            token: registered["token"].as_str().unwrap_or_default().to_owned(),
            bodies: identities.chunks(BATCH).map(body).collect(),
        })
    }

    async fn run(&self) -> Done<()> {
        for body in &self.bodies {
            let request = self.client.post(&self.url).bearer_auth(&self.token).body(body.clone());
            request.send().await?.error_for_status()?.bytes().await?;
        }
        Ok(())
    }
}

fn timed(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
