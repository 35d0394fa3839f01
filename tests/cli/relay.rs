//! Stands between the program and a real server, sees all that passes, and can
//! do something at a chosen moment.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// What becomes of a request that passes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It passes on.
    Pass,
    /// It passes on, to the server as it is after a restart.
    Reconnect,
    /// It does not, and both sides are cut off.
    Cut,
}

/// A relay to a port on this computer. It goes on until the tests end.
pub struct Relay {
    port: u16,
    seen: Arc<Mutex<Vec<u8>>>,
}

struct Watch {
    request: String,
    passed: usize,
    hook: Box<dyn FnMut(usize) -> Then + Send>,
}

impl Relay {
    /// A relay to an `http://` URL on this computer, which only looks.
    pub fn to(url: &str) -> Relay {
        Relay::with(url, "\0", |_| Then::Pass)
    }

    /// A relay that asks `hook` before a request passes on whose head begins
    /// with `request`, and tells it how many came before, this one included.
    pub fn with(url: &str, request: &str, hook: impl FnMut(usize) -> Then + Send + 'static) -> Relay {
        let to = url.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok()).expect("a port");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let watch = Watch { request: request.to_owned(), passed: 0, hook: Box::new(hook) };
        let (all, watch) = (Arc::clone(&seen), Arc::new(Mutex::new(watch)));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (seen, watch) = (Arc::clone(&all), Arc::clone(&watch));
                std::thread::spawn(move || relay(client, to, &seen, &watch));
            }
        });
        Relay { port, seen }
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// All that clients sent through it.
    pub fn seen(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

/// Passes on what a client sends until somebody hangs up, and the answers.
fn relay(mut client: TcpStream, to: u16, seen: &Mutex<Vec<u8>>, watch: &Mutex<Watch>) {
    let connect = |client: &TcpStream| -> Option<TcpStream> {
        let server = TcpStream::connect(("127.0.0.1", to)).ok()?;
        let (mut from, mut back) = (server.try_clone().ok()?, client.try_clone().ok()?);
        std::thread::spawn(move || std::io::copy(&mut from, &mut back));
        Some(server)
    };
    let Some(mut server) = connect(&client) else { return };
    let mut buffer = vec![0; 65536];
    while let Ok(length @ 1..) = client.read(&mut buffer) {
        let bytes = &buffer[..length];
        seen.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut then = Then::Pass;
        if bytes.starts_with(watch.request.as_bytes()) {
            watch.passed += 1;
            let passed = watch.passed;
            then = (watch.hook)(passed);
        }
        match then {
            Then::Pass => {}
            Then::Cut => break,
            Then::Reconnect => match connect(&client) {
                Some(restarted) => server = restarted,
                None => break,
            },
        }
        if server.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = (client.shutdown(Shutdown::Both), server.shutdown(Shutdown::Both));
}
