//! Makes a database and a role of a server's own in a PostgreSQL that is there already,
//! with the encoding and the collation without which Synapse does not start; or takes
//! back what it made.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use postgres_protocol::password::scram_sha_256;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::{Client, Error, Row};
use tokio_rustls::TlsConnector;

use super::check::inside;
use super::dsn::Dsn;
use super::home::Database;
use super::trust::Trust;
use crate::check::trouble::innermost;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The oldest that Synapse runs on, as PostgreSQL counts.
const OLDEST: i32 = 140_000;
/// Since when a database can sort by other things than the system's collations.
const PROVIDERS: i32 = 150_000;

/// Why there is no database.
#[derive(Debug)]
pub enum NoDatabase {
    /// The server cannot be reached.
    Unreachable(String),
    /// It wants a password, and there was none.
    NoPassword,
    /// It does not let the role in.
    LoginRefused(String),
    /// It is too old: its version.
    TooOld(String),
    /// The role may not make databases and roles.
    MayNot(String),
    /// There is a database or a role of that name already.
    There(String),
    /// What was made is not as it has to be: encoding, collation, ctype.
    Wrong(String),
    /// The server said something else.
    Said(String),
    /// The certificate authority that was given is none.
    Authority,
}

impl From<Error> for NoDatabase {
    fn from(error: Error) -> Self {
        let Some(said) = error.as_db_error() else {
            let text = innermost(&error);
            let no_password = text.contains("password missing");
            return if no_password { NoDatabase::NoPassword } else { NoDatabase::Unreachable(text) };
        };
        let text = said.message().to_owned();
        match *said.code() {
            SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
                NoDatabase::LoginRefused(text)
            }
            SqlState::INSUFFICIENT_PRIVILEGE => NoDatabase::MayNot(text),
            SqlState::DUPLICATE_DATABASE | SqlState::DUPLICATE_OBJECT => NoDatabase::There(text),
            _ => NoDatabase::Said(text),
        }
    }
}

/// A connection.
pub struct Server {
    client: Client,
    version: i32,
    is_superuser: bool,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("version", &self.version).finish_non_exhaustive()
    }
}

impl Server {
    /// Connects, and sees whether what is wanted can be made.
    ///
    /// # Errors
    /// See [`NoDatabase`].
    pub async fn connect(
        dsn: &Dsn,
        password: Option<&str>,
        authority: Option<&[u8]>,
    ) -> Result<Server, NoDatabase> {
        let client = connected(dsn, password, authority).await?;
        let row = client
            .query_one(
                "SELECT current_setting('server_version_num')::int4, current_setting('server_version'),
                        rolsuper, rolcreatedb AND rolcreaterole
                 FROM pg_roles WHERE rolname = current_user",
                &[],
            )
            .await?;
        let (version, is_superuser): (i32, bool) = (row.try_get(0)?, row.try_get(2)?);
        if version < OLDEST {
            return Err(NoDatabase::TooOld(row.try_get(1)?));
        }
        if !is_superuser && !row.try_get::<_, bool>(3)? {
            return Err(NoDatabase::MayNot(dsn.user.clone()));
        }
        Ok(Server { client, version, is_superuser })
    }

    /// Makes the role and the database, and looks whether they are as they have to be.
    ///
    /// # Errors
    /// See [`NoDatabase`]. Then nothing of it is left.
    pub async fn make(&self, database: &Database, password: &str) -> Result<(), NoDatabase> {
        let there = "SELECT rolname::text FROM pg_roles WHERE rolname = $1
                     UNION SELECT datname::text FROM pg_database WHERE datname = $2";
        if let Some(row) = self.client.query_opt(there, &[&database.user, &database.name]).await? {
            return Err(NoDatabase::There(row.try_get(0)?));
        }
        let made = self.make_new(database, password).await;
        if made.is_err() {
            self.take_back(database).await;
        }
        made
    }

    async fn make_new(&self, database: &Database, password: &str) -> Result<(), NoDatabase> {
        for statement in statements(database, password, self.version, self.is_superuser) {
            self.client.batch_execute(&statement).await?;
        }
        let row = self.client.query_one(FOUND, &[&database.name]).await?;
        let found = found(&row)?;
        if found != ["UTF8", "C", "C"] {
            return Err(NoDatabase::Wrong(found.join(" / ")));
        }
        Ok(())
    }

    /// Takes back what was made just now.
    pub async fn take_back(&self, database: &Database) {
        let (name, user) = (&database.name, &database.user);
        for statement in
            [format!("DROP DATABASE IF EXISTS \"{name}\""), format!("DROP ROLE IF EXISTS \"{user}\"")]
        {
            let _ = self.client.batch_execute(&statement).await;
        }
    }
}

/// Connects.
async fn connected(
    dsn: &Dsn,
    password: Option<&str>,
    authority: Option<&[u8]>,
) -> Result<Client, NoDatabase> {
    let mut config = dsn.config.clone();
    config.connect_timeout(PATIENCE).application_name("transhume");
    if let Some(password) = password {
        config.password(password);
    }
    let tls = Tls::new(authority)?;
    let late = |_| NoDatabase::Unreachable(format!("{} s", PATIENCE.as_secs()));
    let (client, connection) = tokio::time::timeout(PATIENCE, config.connect(tls)).await.map_err(late)??;
    // It ends with the client.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(client)
}

/// Looks at the database that is named, and changes nothing.
///
/// # Errors
/// See [`NoDatabase`].
pub async fn look(
    dsn: &Dsn,
    password: Option<&str>,
    authority: Option<&[u8]>,
) -> Result<inside::Database, NoDatabase> {
    let client = connected(dsn, password, authority).await?;
    client.batch_execute("SET default_transaction_read_only = on").await?;
    let name: String = client.query_one("SELECT current_database()::text", &[]).await?.try_get(0)?;
    let [encoding, collate, ctype] = found(&client.query_one(FOUND, &[&name]).await?)?;
    // Before its first start, Synapse has no tables there.
    let has_accounts = "SELECT to_regclass('users') IS NOT NULL";
    let mut domains = Vec::new();
    if client.query_one(has_accounts, &[]).await?.try_get(0)? {
        for row in client.query(DOMAINS, &[]).await? {
            domains.push(row.try_get(0)?);
        }
    }
    Ok(inside::Database { name, collate, ctype, encoding, domains })
}

/// The domains of the accounts; a handful of them is enough to know.
const DOMAINS: &str =
    "SELECT DISTINCT substring(name FROM position(':' IN name) + 1)::text FROM users LIMIT 5";

/// What a database is like.
const FOUND: &str = "SELECT pg_encoding_to_char(encoding)::text, datcollate::text, datctype::text
                     FROM pg_database WHERE datname = $1";

fn found(row: &Row) -> Result<[String; 3], Error> {
    Ok([row.try_get(0)?, row.try_get(1)?, row.try_get(2)?])
}

/// What makes a role and a database. Names are lower-case ASCII. The password is said
/// only as what proves it: statements end up in logs.
fn statements(database: &Database, password: &str, version: i32, is_superuser: bool) -> Vec<String> {
    let (name, user) = (&database.name, &database.user);
    let verifier = scram_sha_256(password.as_bytes());
    let provider = if version >= PROVIDERS { " LOCALE_PROVIDER libc" } else { "" };
    let mut all = vec![format!(
        "CREATE ROLE \"{user}\" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{verifier}'"
    )];
    // Whoever is not above all can only give a database to a role that they belong to.
    if !is_superuser {
        all.push(format!("GRANT \"{user}\" TO CURRENT_USER"));
    }
    all.push(format!(
        "CREATE DATABASE \"{name}\" OWNER \"{user}\" ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'{provider} \
         TEMPLATE template0"
    ));
    all.push(format!("REVOKE ALL ON DATABASE \"{name}\" FROM PUBLIC"));
    if !is_superuser {
        all.push(format!("REVOKE \"{user}\" FROM CURRENT_USER"));
    }
    all
}

/// TLS as everywhere here: certificates and names are looked at.
struct Tls(TlsConnector);

impl Tls {
    fn new(authority: Option<&[u8]>) -> Result<Tls, NoDatabase> {
        let trust = Trust::new(authority).map_err(|why| match authority {
            Some(_) => NoDatabase::Authority,
            None => NoDatabase::Unreachable(why),
        })?;
        let config = ClientConfig::builder_with_provider(trust.provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| NoDatabase::Unreachable(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(trust.judge)
            .with_no_client_auth();
        Ok(Tls(TlsConnector::from(Arc::new(config))))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> MakeTlsConnect<S> for Tls {
    type Stream = Encrypted<S>;
    type TlsConnect = To;
    type Error = rustls::pki_types::InvalidDnsNameError;

    fn make_tls_connect(&mut self, host: &str) -> Result<To, Self::Error> {
        // A socket has no name; nobody speaks TLS there.
        let name = if host.is_empty() { "localhost" } else { host };
        Ok(To { tls: self.0.clone(), name: ServerName::try_from(name.to_owned())? })
    }
}

/// Where TLS is to begin.
struct To {
    tls: TlsConnector,
    name: ServerName<'static>,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> TlsConnect<S> for To {
    type Stream = Encrypted<S>;
    type Error = std::io::Error;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Encrypted<S>, std::io::Error>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move { self.tls.connect(self.name, stream).await.map(Box::new).map(Encrypted) })
    }
}

/// A stream in TLS.
struct Encrypted<S>(Box<tokio_rustls::client::TlsStream<S>>);

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Encrypted<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Encrypted<S> {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut *self.0).poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Encrypted<S> {
    fn poll_write(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
        bytes: &[u8],
    ) -> std::task::Poll<std::io::Result<usize>> {
        std::pin::Pin::new(&mut *self.0).poll_write(cx, bytes)
    }

    fn poll_flush(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut *self.0).poll_flush(cx)
    }

    fn poll_shutdown(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut *self.0).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Database {
        Database::existing("example.org", "db.example.org", 5432, true)
    }

    #[test]
    fn the_collation_is_asked_of_the_system_where_there_are_others() {
        let all = |version| statements(&database(), "x", version, true).join("\n");
        assert!(all(150_000).contains("LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0"));
        assert!(all(140_000).contains("LC_CTYPE 'C' TEMPLATE template0"));
    }

    #[test]
    fn no_statement_holds_the_password() {
        let all = statements(&database(), "a-password", 150_000, false).join("\n");
        assert!(!all.contains("a-password") && all.contains("SCRAM-SHA-256$4096:"), "{all}");
        assert!(all.contains("GRANT \"matrix_example_org\" TO CURRENT_USER"), "{all}");
    }
}
