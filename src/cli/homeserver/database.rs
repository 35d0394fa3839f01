//! Which PostgreSQL is meant and with which password; for `--existing-postgres` what is
//! about to be said to it and the database that is made there, for `check` what the
//! database is like.

use std::path::{Path, PathBuf};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::{prompt, servers};
use crate::homeserver::check::inside;
use crate::homeserver::dsn::{Dsn, NotDsn};
use crate::homeserver::home::Database;
use crate::homeserver::passfile;
use crate::homeserver::postgres_client::{self, NoDatabase, Server};
use crate::model::Foreign;
use crate::words::{escape, key};

/// How often it is looked whether the user wants to stop.
const TICK: Duration = Duration::from_millis(50);
/// No name of a server is longer, and no file of passwords.
const LONGEST: u64 = 64 * 1024;

/// The server that a database is wanted in.
pub struct Wanted {
    dsn: Dsn,
    password: Option<Zeroizing<String>>,
    authority: Option<Vec<u8>>,
}

/// A database that was made there, and can be taken back.
pub struct Made {
    runtime: tokio::runtime::Runtime,
    server: Server,
    database: Database,
}

impl Wanted {
    /// Which server is meant; none where the database comes along.
    ///
    /// # Errors
    /// A name that cannot be understood, or has a password where others can read it; a
    /// file that cannot be read.
    pub fn resolve(
        context: &Context,
        typed: Option<&String>,
        file: Option<&PathBuf>,
        ca_file: Option<&PathBuf>,
    ) -> Result<Option<Wanted>, Failure> {
        let mut dsn = match (typed, file) {
            (Some(text), _) => {
                let dsn = Dsn::parse(text).map_err(not_a_dsn)?;
                if dsn.password.is_some() {
                    return Err(Failure::new(Exit::Usage, key::ERROR_HOMESERVER_DSN_PASSWORD));
                }
                dsn
            }
            (None, Some(path)) => Dsn::parse(&servers::first_line(path)?).map_err(not_a_dsn)?,
            (None, None) => return Ok(None),
        };
        let password = match dsn.password.take() {
            Some(password) => Some(password),
            None => from_passfile(&dsn)?,
        };
        let authority = servers::authority(context, ca_file)?;
        Ok(Some(Wanted { dsn, password, authority }))
    }

    /// The database that it will be.
    pub fn database(&self, server_name: &str) -> Database {
        Database::existing(server_name, &self.dsn.host, self.dsn.port, self.dsn.wants_tls())
    }

    /// What is about to be said to the server.
    pub fn disclosure(&self, context: &Context, database: &Database) -> String {
        let host = escape::terminal_uncut(&Foreign::new(self.dsn.label()));
        let user = escape::terminal_uncut(&Foreign::from(self.dsn.user.as_str()));
        let values = [
            ("host", (&host).into()),
            ("user", (&user).into()),
            ("database", database.name.as_str().into()),
            ("tls", if self.dsn.wants_tls() { "yes" } else { "no" }.into()),
        ];
        context.words.say_with(key::HOMESERVER_DATABASE, &values)
    }

    /// Makes the database.
    ///
    /// # Errors
    /// The server does not answer, or does not let it be made; then nothing is left there.
    pub fn make(&self, context: &Context, database: &Database, password: &str) -> Result<Made, Failure> {
        let own = self.password.clone().map_or_else(|| self.asked(context), |own| Ok(Some(own)))?;
        let own = own.as_ref().map(|own| own.as_str());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let stopped = async {
            while !context.meter.stopped() {
                tokio::time::sleep(TICK).await;
            }
        };
        let server = runtime.block_on(async {
            tokio::select! {
                server = Server::connect(&self.dsn, own, self.authority.as_deref()) => {
                    server.map_err(|why| self.failure(why))
                }
                () = stopped => Err(Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED_ASKING)),
            }
        })?;
        // What has begun is ended: it takes moments, and half of it would be in the way.
        runtime.block_on(server.make(database, password)).map_err(|why| self.failure(why))?;
        let made = Made { runtime, server, database: database.clone() };
        if context.meter.stopped() {
            made.take_back();
            return Err(Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED_ASKING));
        }
        Ok(made)
    }

    /// What the database is like; in words, why it could not be asked.
    ///
    /// # Errors
    /// The user wants to stop.
    pub fn look(&self, context: &Context) -> Result<inside::Asked, Failure> {
        let own = self.password.clone().map_or_else(|| self.asked(context), |own| Ok(Some(own)))?;
        let own = own.as_ref().map(|own| own.as_str());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let stopped = async {
            while !context.meter.stopped() {
                tokio::time::sleep(TICK).await;
            }
        };
        runtime.block_on(async {
            tokio::select! {
                seen = postgres_client::look(&self.dsn, own, self.authority.as_deref()) => {
                    Ok(seen.map_err(|why| Foreign::new(self.failure(why).text(&context.words).0)))
                }
                () = stopped => Err(Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED_ASKING)),
            }
        })
    }

    /// The password of whoever sits there; a socket mostly wants none.
    fn asked(&self, context: &Context) -> Result<Option<Zeroizing<String>>, Failure> {
        if !context.may_ask || self.dsn.is_socket() {
            return Ok(None);
        }
        let host = escape::terminal_uncut(&Foreign::new(self.dsn.label()));
        let user = escape::terminal_uncut(&Foreign::from(self.dsn.user.as_str()));
        let values = [("host", (&host).into()), ("user", (&user).into())];
        let question = context.words.say_with(key::HOMESERVER_DATABASE_PASSWORD, &values);
        let typed = Zeroizing::new(prompt::secret(context, &question)?);
        Ok(Some(typed).filter(|typed| !typed.is_empty()))
    }

    fn failure(&self, why: NoDatabase) -> Failure {
        let (key, said) = match why {
            NoDatabase::Unreachable(said) => (key::ERROR_HOMESERVER_DATABASE_UNREACHABLE, said),
            NoDatabase::NoPassword => (key::ERROR_HOMESERVER_DATABASE_NO_PASSWORD, String::new()),
            NoDatabase::LoginRefused(said) => (key::ERROR_HOMESERVER_DATABASE_LOGIN, said),
            NoDatabase::TooOld(version) => (key::ERROR_HOMESERVER_DATABASE_OLD, version),
            NoDatabase::MayNot(said) => (key::ERROR_HOMESERVER_DATABASE_MAY_NOT, said),
            NoDatabase::There(name) => (key::ERROR_HOMESERVER_DATABASE_THERE, name),
            NoDatabase::Wrong(found) => (key::ERROR_HOMESERVER_DATABASE_WRONG, found),
            NoDatabase::Said(said) => (key::ERROR_HOMESERVER_DATABASE_SAID, said),
            NoDatabase::Authority => (key::ERROR_HOMESERVER_DATABASE_AUTHORITY, String::new()),
        };
        let failure = Failure::new(Exit::Network, key).about(self.dsn.label()).with("said", said);
        failure.with("user", self.dsn.user.as_str())
    }
}

impl Made {
    /// Takes it back, since the rest could not be done.
    pub fn take_back(&self) {
        self.runtime.block_on(self.server.take_back(&self.database));
    }
}

fn not_a_dsn(why: NotDsn) -> Failure {
    Failure::new(
        Exit::Usage,
        match why {
            NotDsn::Nonsense => key::ERROR_HOMESERVER_DSN,
            NotDsn::NoUser => key::ERROR_HOMESERVER_DSN_USER,
            NotDsn::Several => key::ERROR_HOMESERVER_DSN_SEVERAL,
            NotDsn::Host => key::ERROR_HOMESERVER_DSN_HOST,
        },
    )
}

/// The password in the file that PostgreSQL's own programs read: `PGPASSFILE`, else
/// `~/.pgpass`. As there, a file that others can read is none.
fn from_passfile(dsn: &Dsn) -> Result<Option<Zeroizing<String>>, Failure> {
    let named = std::env::var_os("PGPASSFILE").filter(|path| !path.is_empty()).map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".pgpass"));
    let was_named = named.is_some();
    let Some(path) = named.or_else(home).filter(|path| was_named || path.is_file()) else { return Ok(None) };
    let bad = |key| Failure::new(Exit::Usage, key).about(path.display().to_string());
    if is_open(&path) {
        return if was_named { Err(bad(key::ERROR_HOMESERVER_PASSFILE_OPEN)) } else { Ok(None) };
    }
    let mut text = Zeroizing::new(String::new());
    let read = std::fs::File::open(&path)
        .and_then(|file| std::io::Read::read_to_string(&mut std::io::Read::take(file, LONGEST), &mut text));
    read.map_err(|_| bad(key::ERROR_HOMESERVER_PASSFILE))?;
    let database = dsn.config.get_dbname().unwrap_or_default();
    Ok(passfile::find(&text, &dsn.host, dsn.port, database, &dsn.user))
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|there| there.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}
