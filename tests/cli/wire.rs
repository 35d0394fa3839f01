//! Servers that answer below the level of HTTP libraries: byte by byte, or with
//! the certificates that nobody should have.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, OnceLock};

/// A server that reads the head of each request and answers by a script.
pub struct Wire {
    port: u16,
}

/// One connection to it.
pub struct Stream(TcpStream, Vec<u8>);

impl Wire {
    pub fn new(answer: impl Fn(&mut Stream) + Send + 'static) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut stream = Stream(stream, Vec::new());
                stream.read_head();
                answer(&mut stream);
            }
        });
        Wire { port }
    }

    /// The same for who has to say where it is.
    pub fn at(answer: impl Fn(&mut Stream, &str) + Send + 'static) -> Wire {
        let known: Arc<OnceLock<String>> = Arc::default();
        let url = Arc::clone(&known);
        let wire = Wire::new(move |stream| answer(stream, url.wait()));
        known.set(wire.url()).unwrap();
        wire
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Stream {
    fn read_head(&mut self) {
        let mut seen = Vec::new();
        let mut buffer = [0; 4096];
        while !seen.windows(4).any(|four| four == b"\r\n\r\n") {
            match self.0.read(&mut buffer) {
                Ok(length @ 1..) => seen.extend_from_slice(&buffer[..length]),
                _ => break,
            }
        }
        self.1 = seen;
    }

    /// Whether the request begins like that.
    pub fn is_asked(&self, begin: &str) -> bool {
        self.1.starts_with(begin.as_bytes())
    }

    /// Sends bytes; false when nobody listens any more.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).is_ok()
    }

    /// Sends a status line and headers.
    pub fn head(&mut self, status: &str, headers: &[(&str, &str)]) -> bool {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.send(format!("HTTP/1.1 {status}\r\n{headers}\r\n").as_bytes())
    }

    /// Sends one chunk of a body.
    pub fn chunk(&mut self, bytes: &[u8]) -> bool {
        self.send(format!("{:x}\r\n", bytes.len()).as_bytes()) && self.send(bytes) && self.send(b"\r\n")
    }
}

pub mod tls {
    //! Servers whose certificates are wrong in one way each, or right.

    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::sync::{Arc, Mutex};

    use rcgen::{
        BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd,
    };
    use rustls::pki_types::PrivateKeyDer;

    /// A server and the authority that it is to be trusted by.
    pub struct Server {
        pub url: String,
        pub authority: String,
        heard: Arc<Mutex<Vec<u8>>>,
    }

    impl Server {
        /// What clients told it, once they trusted it.
        pub fn heard(&self) -> String {
            String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
        }
    }

    fn authority() -> (Certificate, Issuer<'static, KeyPair>) {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "An authority of the tests");
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        (certificate, Issuer::new(params, key))
    }

    fn serve(change: impl FnOnce(&mut CertificateParams), names: &[&str], is_signed: bool) -> Server {
        let nothing = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned();
        serve_saying(change, names, is_signed, nothing)
    }

    /// A server with nothing wrong about its certificate, which always says the
    /// same.
    pub fn saying(answer: String) -> Server {
        serve_saying(|_| {}, &["127.0.0.1"], true, answer)
    }

    fn serve_saying(
        change: impl FnOnce(&mut CertificateParams),
        names: &[&str],
        is_signed: bool,
        answer: String,
    ) -> Server {
        let (certificate, issuer) = authority();
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let leaf = match is_signed {
            true => params.signed_by(&key, &issuer).unwrap(),
            false => params.self_signed(&key).unwrap(),
        };
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
            .unwrap();
        let config = Arc::new(config);
        listen(certificate.pem(), move |mut stream, heard| {
            let mut session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = rustls::Stream::new(&mut session, &mut stream);
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = tls.read(&mut buffer) {
                heard.lock().unwrap().extend_from_slice(&buffer[..length]);
                let _ = tls.write_all(answer.as_bytes());
            }
        })
    }

    fn listen(
        authority: String,
        answer: impl Fn(std::net::TcpStream, &Mutex<Vec<u8>>) + Send + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                answer(stream, &all);
            }
        });
        Server { url, authority, heard }
    }

    pub fn expired() -> Server {
        let past = |params: &mut CertificateParams| {
            params.not_before = date_time_ymd(2019, 1, 1);
            params.not_after = date_time_ymd(2019, 12, 31);
        };
        serve(past, &["127.0.0.1"], true)
    }

    pub fn of_another_name() -> Server {
        serve(|_| {}, &["elsewhere.example.org"], true)
    }

    /// A name where the address is called that has none of its own.
    pub fn without_its_address() -> Server {
        serve(|_| {}, &["localhost"], true)
    }

    pub fn self_signed() -> Server {
        serve(|_| {}, &["127.0.0.1"], false)
    }

    /// A server that speaks HTTP/2 to those who do, and resets stream after stream
    /// for as long as anybody listens.
    pub fn resetting() -> Server {
        let (certificate, issuer) = authority();
        let key = KeyPair::generate().unwrap();
        let leaf =
            CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let config = Arc::new(config);
        listen(certificate.pem(), move |mut stream, _| {
            let mut session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = rustls::Stream::new(&mut session, &mut stream);
            let _ = tls.read(&mut [0; 4096]);
            // Empty settings, and then RST_STREAM frames for ever.
            let mut frames = vec![0, 0, 0, 4, 0, 0, 0, 0, 0];
            for id in (1..2000_u32).step_by(2) {
                frames.extend([0, 0, 4, 3, 0]);
                frames.extend(id.to_be_bytes());
                frames.extend([0, 0, 0, 8]);
            }
            while tls.write_all(&frames).is_ok() {}
        })
    }

    /// TLS 1.0: the hello of such a server, whatever the client says.
    pub fn old() -> Server {
        listen(authority().0.pem(), |mut stream, _| {
            let _ = stream.read(&mut [0; 4096]);
            let mut hello = vec![2, 0, 0, 38, 3, 1];
            hello.extend([7; 32]);
            hello.extend([0, 0, 0x2f, 0]);
            let mut record = vec![22, 3, 1, 0, u8::try_from(hello.len()).unwrap()];
            record.extend(hello);
            let _ = stream.write_all(&record);
            let _ = stream.read(&mut [0; 64]);
        })
    }

    /// A server that speaks plain HTTP where TLS is called for.
    pub fn no_tls() -> Server {
        listen(authority().0.pem(), |mut stream, _| {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        })
    }
}
