//! Where the user's own signal-cli is: a socket, a port, a URL, or the program
//! itself.
//!
//! What is sent there is not protected, so ports and plain URLs are this
//! computer's only. A program is never looked for in the folder where the user
//! happens to be.

use std::path::{Path, PathBuf};

use url::Url;

use super::place::{Base, NotBase, is_this_computer};

/// Where signal-cli is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignalPlace {
    /// A daemon at a socket in the file system.
    Unix(PathBuf),
    /// A daemon at a port of this computer.
    Tcp(String),
    /// A daemon, or signal-cli-rest-api, at a URL.
    Http(Base),
    /// A program to be started, and what stands behind it.
    Program(PathBuf, Vec<String>),
}

/// Why a text is no [`SignalPlace`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSignalPlace {
    /// It cannot be understood.
    Unclear,
    /// It would be sent unprotected to another computer.
    Insecure,
    /// There is no such program where programs are.
    NoProgram,
}

impl SignalPlace {
    /// Reads where signal-cli is. `find` finds a program: by its full path, or
    /// by its name where the system has its programs.
    ///
    /// # Errors
    /// [`NotSignalPlace`] tells why it cannot be used.
    pub fn parse(text: &str, find: impl Fn(&str) -> Option<PathBuf>) -> Result<SignalPlace, NotSignalPlace> {
        let text = text.trim();
        if let Some(path) = text.strip_prefix("unix:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path.is_empty() {
                true => Err(NotSignalPlace::Unclear),
                false => Ok(SignalPlace::Unix(PathBuf::from(path))),
            };
        }
        if let Some(at) = text.strip_prefix("tcp://") {
            return port(at).ok_or(NotSignalPlace::Unclear)?;
        }
        if text.contains("://") {
            let url = text.trim_end_matches('/');
            let url = url.strip_suffix("/api/v1/rpc").unwrap_or(url);
            return Base::parse(url).map(SignalPlace::Http).map_err(|why| match why {
                NotBase::NotUrl => NotSignalPlace::Unclear,
                NotBase::Insecure => NotSignalPlace::Insecure,
            });
        }
        if let Some(place) = port(text) {
            return place;
        }
        // A path with spaces is a path, if it is one.
        if let Some(path) = find(text) {
            return Ok(SignalPlace::Program(path, Vec::new()));
        }
        let mut words = text.split_whitespace();
        let program = words.next().filter(|name| !name.starts_with('-')).ok_or(NotSignalPlace::Unclear)?;
        let path = find(program).ok_or(NotSignalPlace::NoProgram)?;
        Ok(SignalPlace::Program(path, words.map(str::to_owned).collect()))
    }

    /// How it is written on the command line and in the settings.
    pub fn to_text(&self) -> String {
        match self {
            SignalPlace::Unix(path) => format!("unix:{}", path.display()),
            SignalPlace::Tcp(at) => at.clone(),
            SignalPlace::Http(base) => base.as_str().to_owned(),
            SignalPlace::Program(path, options) => {
                let path = path.display().to_string();
                std::iter::once(&path).chain(options).cloned().collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// How it is called when people are told about it.
    pub fn label(&self) -> String {
        match self {
            SignalPlace::Unix(path) => path.display().to_string(),
            SignalPlace::Tcp(at) => at.clone(),
            SignalPlace::Http(base) => base.label(),
            SignalPlace::Program(path, _) => path.display().to_string(),
        }
    }
}

/// A host and a port; none for whatever is not written like that.
fn port(text: &str) -> Option<Result<SignalPlace, NotSignalPlace>> {
    let (host, port) = text.rsplit_once(':')?;
    let port = port.parse::<u16>().ok().filter(|port| *port > 0)?;
    if host.is_empty() || host.contains(['/', '\\', '@']) || host.contains(char::is_whitespace) {
        return None;
    }
    let url = Url::parse(&format!("http://{host}:{port}")).ok()?;
    Some(match is_this_computer(&url) {
        true => Ok(SignalPlace::Tcp(format!("{host}:{port}"))),
        false => Err(NotSignalPlace::Insecure),
    })
}

/// Finds a program by its full path, or by its name in the folders of `search`
/// (`PATH`). A folder that is not named in full means another one wherever the
/// user is, and is left out; so is a name with a folder in it.
pub fn find_program(
    name: &str,
    search: impl Iterator<Item = PathBuf>,
    is_program: impl Fn(&Path) -> bool,
) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.is_absolute() {
        return Some(path.to_owned()).filter(|path| is_program(path));
    }
    if name.is_empty() || name.contains(['/', '\\']) {
        return None;
    }
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".bat", ".cmd"] } else { &[""] };
    let folders = search.filter(|folder| folder.is_absolute());
    let mut all =
        folders.flat_map(|folder| endings.iter().map(move |end| folder.join(format!("{name}{end}"))));
    all.find(|path| is_program(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<SignalPlace, NotSignalPlace> {
        let path = [PathBuf::from("."), PathBuf::new(), PathBuf::from("/usr/bin")];
        let there = ["/usr/bin/signal-cli", "/opt/with space/signal-cli", "./signal-cli", "signal-cli"];
        SignalPlace::parse(text, |name| {
            let is_program = |path: &Path| there.iter().any(|known| Path::new(known) == path);
            find_program(name, path.clone().into_iter(), is_program)
        })
    }

    #[test]
    fn a_place_is_a_socket_a_port_a_url_or_a_program() {
        let program = |path: &str, rest: &[&str]| {
            SignalPlace::Program(path.into(), rest.iter().map(|&word| word.to_owned()).collect())
        };
        let base = |text: &str| SignalPlace::Http(Base::parse(text).unwrap());
        for (text, place) in [
            (
                "unix:/run/user/1000/signal-cli/socket",
                SignalPlace::Unix("/run/user/1000/signal-cli/socket".into()),
            ),
            ("unix:///run/s", SignalPlace::Unix("/run/s".into())),
            ("localhost:7583", SignalPlace::Tcp("localhost:7583".to_owned())),
            ("tcp://127.0.0.1:7583", SignalPlace::Tcp("127.0.0.1:7583".to_owned())),
            ("[::1]:7583", SignalPlace::Tcp("[::1]:7583".to_owned())),
            ("http://localhost:8080", base("http://localhost:8080")),
            ("http://localhost:8080/api/v1/rpc", base("http://localhost:8080")),
            ("https://signal.example.org/", base("https://signal.example.org")),
            ("signal-cli", program("/usr/bin/signal-cli", &[])),
            ("/opt/with space/signal-cli", program("/opt/with space/signal-cli", &[])),
            ("/usr/bin/signal-cli --config /x", program("/usr/bin/signal-cli", &["--config", "/x"])),
        ] {
            assert_eq!(parse(text), Ok(place.clone()), "{text}");
            assert_eq!(parse(&place.to_text()), Ok(place), "{text}");
        }
    }

    #[test]
    fn what_would_travel_unprotected_is_no_place() {
        for text in ["192.168.1.2:7583", "signal.example.org:7583", "http://192.168.1.2:8080"] {
            assert_eq!(parse(text), Err(NotSignalPlace::Insecure), "{text}");
        }
        for text in ["", "unix:", "tcp://x", "ftp://localhost", "http://", "--help", "http://a:b@localhost"] {
            assert_eq!(parse(text), Err(NotSignalPlace::Unclear), "{text}");
        }
    }

    #[test]
    fn e17_a_program_is_not_taken_from_wherever_the_user_is() {
        assert_eq!(parse("signal-cli"), Ok(SignalPlace::Program("/usr/bin/signal-cli".into(), Vec::new())));
        for text in ["./signal-cli", "bin/signal-cli", "../signal-cli", "no-such-program", "/no/such/program"]
        {
            assert_eq!(parse(text), Err(NotSignalPlace::NoProgram), "{text}");
        }
    }
}
