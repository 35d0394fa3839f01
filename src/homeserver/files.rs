//! The files of a server, by templates that stand beside this. What goes into them is
//! checked before (a domain, numbers, secrets of our own), so that nothing needs
//! quoting; remarks come from the language files.

use std::net::IpAddr;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};
use zeroize::Zeroizing;

use super::home::{self, Home};
use super::name::host_of;
use super::secrets::Secrets;
use crate::words::Words;

/// What Compose reads secrets from.
pub const ENVIRONMENT: &str = ".env";
/// What Synapse reads its own secrets from.
pub const MACAROON: &str = "secrets/macaroon";
/// See [`MACAROON`].
pub const FORM: &str = "secrets/form";
/// See [`MACAROON`].
pub const REGISTRATION: &str = "secrets/registration";
/// The server's key.
pub const SIGNING: &str = "secrets/signing.key";
/// Where Synapse puts what people send.
pub const MEDIA: &str = "media";

/// How wide remarks are.
const WIDTH: usize = 92;
/// For everybody who may enter the folder at all, which is its owner's alone.
const PLAIN: u32 = 0o644;
/// For the owner alone.
const SECRET: u32 = 0o600;
/// A script.
const SCRIPT: u32 = 0o700;

/// The versions that are installed, with which the tests are run where they can be.
mod pinned {
    pub const SYNAPSE: &str = "ghcr.io/element-hq/synapse:v1.163.2";
    pub const POSTGRES: &str = "docker.io/library/postgres:17.11-bookworm";
    pub const CADDY: &str = "docker.io/library/caddy:2.11.4-alpine";
}

/// A file to be written.
#[derive(Debug)]
pub struct Made {
    /// The path in the folder.
    pub name: &'static str,
    /// Its permissions.
    pub mode: u32,
    /// Whether Synapse reads it, and has to own it.
    pub for_synapse: bool,
    /// What stands in it.
    pub content: Zeroizing<String>,
}

/// The templates: name, permissions, text.
const TEMPLATES: &[(&str, u32, &str)] = &[
    ("compose.yaml", PLAIN, include_str!("templates/compose.yaml")),
    ("compose.own-caddy.yaml", PLAIN, include_str!("templates/compose.own-caddy.yaml")),
    (ENVIRONMENT, SECRET, include_str!("templates/env")),
    ("homeserver.yaml", PLAIN, include_str!("templates/homeserver.yaml")),
    ("log.yaml", PLAIN, include_str!("templates/log.yaml")),
    ("Caddyfile", PLAIN, include_str!("templates/Caddyfile")),
    ("Caddyfile.fragment", PLAIN, include_str!("templates/Caddyfile.fragment")),
    ("dns.txt", PLAIN, include_str!("templates/dns.txt")),
    ("dns.zone", PLAIN, include_str!("templates/dns.zone")),
    ("backup.sh", SCRIPT, include_str!("templates/backup.sh")),
    ("restore.sh", SCRIPT, include_str!("templates/restore.sh")),
    ("README.en.md", PLAIN, include_str!("templates/README.en.md")),
    ("README.fr.md", PLAIN, include_str!("templates/README.fr.md")),
];

/// What several templates have in common.
const SHARED: &[(&str, &str)] = &[
    ("well-known", include_str!("templates/well-known.caddy")),
    ("matrix-host", include_str!("templates/matrix-host.caddy")),
    ("database-programs", include_str!("templates/database-programs.sh")),
];

/// All files of a server.
///
/// # Errors
/// Those of the template engine, for a template with a mistake.
pub fn all(home: &Home, secrets: &Secrets) -> Result<Vec<Made>, Error> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    let mut syntax = SyntaxConfig::builder();
    environment.set_syntax(syntax.keep_trailing_newline(true).trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_function("remark", remark_of(home));
    environment.add_function("say", say_of(home));
    for (name, text) in SHARED {
        environment.add_template(name, text)?;
    }
    let values = context! {
        name => home.server_name.as_str(),
        host => host_of(&home.server_name),
        slug => home.server_name.replace('.', "-"),
        database => context! {
            existing => home.database.existing,
            host => home.database.host.as_str(),
            port => home.database.port,
            name => home.database.name.as_str(),
            user => home.database.user.as_str(),
            reached_at => home.database.reached_at.as_str(),
            tls => home.database.tls,
        },
        owner => context! { uid => home.owner.uid, gid => home.owner.gid },
        records => home.addresses.iter().map(record).collect::<Vec<_>>(),
        password => secrets.database.as_str(),
        synapse_image => pinned::SYNAPSE,
        postgres_image => pinned::POSTGRES,
        caddy_image => pinned::CADDY,
    };
    let mut files = Vec::new();
    for (name, mode, template) in TEMPLATES {
        let content = Zeroizing::new(environment.render_named_str(name, template, &values)?);
        files.push(Made { name, mode: *mode, for_synapse: false, content });
    }
    for (name, secret) in [
        (MACAROON, &secrets.macaroon),
        (FORM, &secrets.form),
        (REGISTRATION, &secrets.registration),
        (SIGNING, &secrets.signing),
    ] {
        let content = Zeroizing::new(format!("{}\n", **secret));
        files.push(Made { name, mode: SECRET, for_synapse: true, content });
    }
    let record =
        home.to_text().map_err(|error| Error::new(ErrorKind::BadSerialization, error.to_string()))?;
    files.push(Made { name: home::FILE, mode: PLAIN, for_synapse: false, content: Zeroizing::new(record) });
    Ok(files)
}

/// The record of an address, of which there is one a name.
fn record(address: &IpAddr) -> Value {
    context! { kind => if address.is_ipv6() { "AAAA" } else { "A" }, address => address.to_string() }
}

/// The sentence of a key, of those that files have.
fn sentence(words: &Words, key: &str, values: &[(&str, crate::words::Value)]) -> Result<String, Error> {
    let missing = || Error::new(ErrorKind::InvalidOperation, format!("no sentence homeserver-file-{key}"));
    words.find_with(&format!("homeserver-file-{key}"), values).ok_or_else(missing)
}

fn say_of(home: &Home) -> impl Fn(String) -> Result<String, Error> + Send + Sync + 'static {
    let (words, name) = (Words::new(home.language()), home.server_name.clone());
    move |key| {
        sentence(&words, &key, &[("name", name.as_str().into()), ("host", host_of(&name).as_str().into())])
    }
}

/// A sentence as a remark of configuration files, so many columns from the left.
fn remark_of(
    home: &Home,
) -> impl Fn(String, Option<usize>, Kwargs) -> Result<String, Error> + Send + Sync + 'static {
    let say = say_of(home);
    move |key, indent, options| {
        let mark = options.get::<Option<String>>("mark")?.unwrap_or_else(|| "#".to_owned());
        let spaces = " ".repeat(indent.unwrap_or_default());
        let indent = options.get::<Option<String>>("before")?.unwrap_or(spaces);
        options.assert_all_used()?;
        let lines = wrapped(&say(key)?, WIDTH.saturating_sub(indent.len()));
        let lines: Vec<String> = lines.iter().map(|line| format!("{indent}{mark} {line}")).collect();
        Ok(lines.join("\n"))
    }
}

/// Breaks a sentence into lines.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
