//! Knocks at an address and looks at the certificate that is shown there. Nothing is
//! said once the connection stands: what is wrong with the certificate is noted,
//! not overlooked.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::check::name::Host;
use super::check::seen::{Door, Proof, Shut, Upload};
use super::ports::Ports;
use super::trust::Trust;
use crate::check::trouble::{TlsFault, cut, innermost};

/// So many names of a certificate are shown.
const NAMES: usize = 20;

/// Whoever knocks.
pub struct Knocker {
    trust: Trust,
    ports: Ports,
    patience: Duration,
}

impl Knocker {
    /// Trusts whom the system trusts, and one more authority (PEM).
    ///
    /// # Errors
    /// Certificates that cannot be used: what is wrong with them.
    pub fn new(authority: Option<&[u8]>, ports: Ports, patience: Duration) -> Result<Knocker, String> {
        Ok(Knocker { trust: Trust::new(authority)?, ports, patience })
    }

    /// Knocks, and looks at the certificate for `name`.
    pub async fn knock(&self, ip: IpAddr, port: u16, name: &Host) -> Door {
        let opened = self.open(ip, port, name).await.map(|(_, proof)| proof);
        Door { ip, port, name: name.to_string(), opened }
    }

    /// Asks whether so large an upload would be taken, without sending it: the
    /// length stands in the head, and nothing comes after.
    pub async fn announce_upload(&self, ip: IpAddr, port: u16, name: &Host, path: &str, size: u64) -> Upload {
        let asking = async {
            let (mut stream, _) = self.open(ip, port, name).await.ok()?;
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {name}\r\nContent-Type: application/octet-stream\r\n\
                 Content-Length: {size}\r\nExpect: 100-continue\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await.ok()?;
            stream.flush().await.ok()?;
            let mut said = [0; 12];
            stream.read_exact(&mut said).await.ok()?;
            String::from_utf8_lossy(&said).split(' ').nth(1).map(str::to_owned)
        };
        match tokio::time::timeout(self.patience, asking).await {
            Ok(Some(status)) if status == "413" => Upload::TooLarge,
            Ok(Some(_)) => Upload::Welcome,
            _ => Upload::Unclear,
        }
    }

    async fn open(&self, ip: IpAddr, port: u16, name: &Host) -> Result<(TlsStream<TcpStream>, Proof), Shut> {
        let late = |_| Shut::Closed("timeout".to_owned());
        let at = SocketAddr::new(ip, self.ports.dialled(port));
        let connecting = tokio::time::timeout(self.patience, TcpStream::connect(at));
        let stream = connecting.await.map_err(late)?.map_err(|error| Shut::Closed(innermost(&error)))?;
        let witness = Arc::new(Witness { judge: Arc::clone(&self.trust.judge), seen: Mutex::default() });
        let no_tls = |fault: TlsFault, what: String| Shut::NoTls(fault, what);
        let config = ClientConfig::builder_with_provider(Arc::clone(&self.trust.provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| no_tls(TlsFault::Other, innermost(&error)))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&witness) as Arc<dyn ServerCertVerifier>)
            .with_no_client_auth();
        let server = match name {
            Host::Ip(ip) => ServerName::from(*ip),
            Host::Name(name) => ServerName::try_from(name.clone())
                .map_err(|error| no_tls(TlsFault::Other, innermost(&error)))?,
        };
        let shaking = TlsConnector::from(Arc::new(config)).connect(server, stream);
        let shaken = tokio::time::timeout(self.patience, shaking).await.map_err(late)?;
        let stream = shaken.map_err(|error| {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
            no_tls(inner.map_or(TlsFault::Other, TlsFault::of), innermost(&error))
        })?;
        let proof = witness.seen.lock().unwrap_or_else(PoisonError::into_inner).take();
        proof.map(|proof| (stream, proof)).ok_or_else(|| no_tls(TlsFault::Other, String::new()))
    }
}

/// Lets every certificate pass and writes down what the judge says of it.
#[derive(Debug)]
struct Witness {
    judge: Arc<dyn ServerCertVerifier>,
    seen: Mutex<Option<Proof>>,
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let judged = self.judge.verify_server_cert(leaf, chain, name, ocsp, now);
        let fault = judged.err().map(|error| TlsFault::of(&error));
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(proof(leaf, fault));
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.judge.verify_tls12_signature(message, leaf, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.judge.verify_tls13_signature(message, leaf, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.judge.supported_verify_schemes()
    }
}

/// What a certificate says of itself.
fn proof(leaf: &CertificateDer<'_>, fault: Option<TlsFault>) -> Proof {
    let Ok((_, read)) = X509Certificate::from_der(leaf) else {
        let fault = fault.or(Some(TlsFault::Other));
        return Proof { fault, names: Vec::new(), issuer: String::new(), from: 0, until: 0 };
    };
    let others = read.subject_alternative_name().ok().flatten();
    let names = others.iter().flat_map(|others| &others.value.general_names).filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(cut(name)),
        GeneralName::IPAddress(bytes) => address(bytes).map(|ip| ip.to_string()),
        _ => None,
    });
    Proof {
        fault,
        names: names.take(NAMES).collect(),
        issuer: cut(&read.issuer().to_string()),
        from: read.validity().not_before.timestamp(),
        until: read.validity().not_after.timestamp(),
    }
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}
