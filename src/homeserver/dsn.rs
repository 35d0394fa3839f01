//! How a PostgreSQL server is named that is there already: a URL or `key=value`
//! pairs, as `psql` takes them. One host, one port, one role.

use std::net::IpAddr;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use zeroize::Zeroizing;

/// Where systems put the socket.
const SOCKETS: &str = "/var/run/postgresql";

/// A server, and who speaks to it.
pub struct Dsn {
    /// What the client is told, but for the password.
    pub config: Config,
    /// The host's name or address, or the folder of the socket.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The role.
    pub user: String,
    /// The password, where it stood there.
    pub password: Option<Zeroizing<String>>,
}

/// Why a text is no [`Dsn`]. None of them repeats it: it can hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDsn {
    /// It cannot be understood.
    Nonsense,
    /// It names no role.
    NoUser,
    /// It names several servers.
    Several,
    /// The host is none that can be written into files.
    Host,
}

impl Dsn {
    /// Reads one.
    ///
    /// # Errors
    /// See [`NotDsn`].
    pub fn parse(text: &str) -> Result<Dsn, NotDsn> {
        // Certificates and names are always looked at here, which is what these two ask.
        let text = text.trim().replace("sslmode=verify-full", "sslmode=require");
        let text = Zeroizing::new(text.replace("sslmode=verify-ca", "sslmode=require"));
        let parsed: Config = text.parse().map_err(|_| NotDsn::Nonsense)?;
        let password = parsed.get_password().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let user = parsed.get_user().filter(|user| !user.is_empty()).ok_or(NotDsn::NoUser)?.to_owned();
        if parsed.get_hosts().len() > 1 || parsed.get_ports().len() > 1 || !parsed.get_hostaddrs().is_empty()
        {
            return Err(NotDsn::Several);
        }
        let host = match parsed.get_hosts().first() {
            None => SOCKETS.to_owned(),
            Some(Host::Tcp(name)) => name.clone(),
            #[cfg(unix)]
            Some(Host::Unix(folder)) => folder.to_str().ok_or(NotDsn::Host)?.to_owned(),
        };
        if !can_be_written(&host) {
            return Err(NotDsn::Host);
        }
        let port = parsed.get_ports().first().copied().unwrap_or(5432);
        let mut config = Config::new();
        config.host(&*host).port(port).user(&*user).dbname(parsed.get_dbname().unwrap_or("postgres"));
        config.ssl_mode(match parsed.get_ssl_mode() {
            // A password, and what comes after it, never goes through a network in the open
            // because somebody in between said that there is no TLS.
            SslMode::Prefer if !is_this_machine(&host) => SslMode::Require,
            // On one machine there is nobody in between, and the certificates that come
            // with systems are good for no name.
            SslMode::Prefer => SslMode::Disable,
            mode => mode,
        });
        Ok(Dsn { config, host, port, user, password: password.map(Zeroizing::new) })
    }

    /// Whether the server is on this machine.
    pub fn is_local(&self) -> bool {
        is_this_machine(&self.host)
    }

    /// Whether it is spoken to by a socket of the file system.
    pub fn is_socket(&self) -> bool {
        self.host.starts_with('/')
    }

    /// Whether nothing is said without TLS.
    pub fn wants_tls(&self) -> bool {
        self.config.get_ssl_mode() == SslMode::Require
    }

    /// How it is called when people are told about it.
    pub fn label(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        format!("{host}:{}", self.port)
    }
}

/// Whether a host is this machine by its very name.
fn is_this_machine(host: &str) -> bool {
    host.starts_with('/') || host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether a host means nothing else in YAML or to a shell.
fn can_be_written(host: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
    let plain_path = |byte: u8| plain(byte) || byte == b'/';
    let is_path = host.starts_with('/');
    !host.is_empty()
        && !host.starts_with('-')
        && host.bytes().all(|byte| if is_path { plain_path(byte) } else { plain(byte) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Dsn {
        Dsn::parse(text).unwrap_or_else(|why| panic!("{text}: {why:?}"))
    }

    #[test]
    fn servers_are_named_as_psql_takes_them() {
        for (text, label, user) in [
            ("postgresql://admin@db.example.org", "db.example.org:5432", "admin"),
            ("postgres://admin@127.0.0.1:5433/postgres", "127.0.0.1:5433", "admin"),
            ("host=db.example.org port=6000 user=root", "db.example.org:6000", "root"),
            ("host=/run/postgresql user=postgres", "/run/postgresql:5432", "postgres"),
            ("user=postgres", "/var/run/postgresql:5432", "postgres"),
            ("postgresql://admin@[2001:db8::1]:1", "[2001:db8::1]:1", "admin"),
        ] {
            let dsn = parse(text);
            assert_eq!(
                (dsn.label().as_str(), dsn.user.as_str(), dsn.password.is_none()),
                (label, user, true)
            );
        }
    }

    #[test]
    fn a_password_is_found_however_it_is_hidden() {
        for text in [
            "postgresql://admin:secret@db.example.org",
            "postgresql://admin@db.example.org?password=secret",
            "host=db.example.org user=admin password=secret",
            "host=db.example.org user=admin password = 'secret'",
        ] {
            let dsn = parse(text);
            assert_eq!(dsn.password.as_ref().map(|p| p.as_str()), Some("secret"), "{text}");
            assert!(dsn.config.get_password().is_none(), "{text}");
        }
    }

    #[test]
    fn nothing_goes_through_a_network_in_the_open_unless_asked() {
        let mode = |text: &str| parse(text).config.get_ssl_mode();
        assert_eq!(mode("host=db.example.org user=a"), SslMode::Require);
        assert_eq!(mode("host=db.example.org user=a sslmode=prefer"), SslMode::Require);
        assert_eq!(mode("host=db.example.org user=a sslmode=verify-full"), SslMode::Require);
        assert_eq!(mode("host=db.example.org user=a sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("host=localhost user=a sslmode=require"), SslMode::Require);
        assert_eq!(mode("host=localhost user=a"), SslMode::Disable);
        assert_eq!(mode("host=/run/postgresql user=a"), SslMode::Disable);
    }

    #[test]
    fn what_is_no_server_is_told_apart() {
        for (text, why) in [
            ("postgresql://db.example.org", NotDsn::NoUser),
            ("host=a,b user=x", NotDsn::Several),
            ("host=a hostaddr=192.0.2.1 user=x", NotDsn::Several),
            ("mysql://a@b", NotDsn::Nonsense),
            ("host=a user=x colour=red", NotDsn::Nonsense),
            ("host='a;rm -rf' user=x", NotDsn::Host),
            ("host='/run/$(x)' user=x", NotDsn::Host),
        ] {
            assert_eq!(Dsn::parse(text).err(), Some(why), "{text}");
        }
    }
}
