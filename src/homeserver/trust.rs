//! Whom servers are believed for: whom the system believes, and one more authority.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

use crate::check::trouble::innermost;

/// Judges certificates, and what it reckons with.
pub struct Trust {
    /// The judge.
    pub judge: Arc<dyn ServerCertVerifier>,
    /// The cryptography.
    pub provider: Arc<CryptoProvider>,
}

impl Trust {
    /// Trusts whom the system trusts, and one more authority (PEM).
    ///
    /// # Errors
    /// Certificates that cannot be used: what is wrong with them.
    pub fn new(authority: Option<&[u8]>) -> Result<Trust, String> {
        let provider = Arc::new(default_provider());
        let more: Vec<CertificateDer<'static>> = match authority {
            Some(pem) => CertificateDer::pem_slice_iter(pem)
                .collect::<Result<_, _>>()
                .map_err(|error| innermost(&error))?,
            None => Vec::new(),
        };
        if authority.is_some() && more.is_empty() {
            return Err("PEM?".to_owned());
        }
        let system = Verifier::new_with_extra_roots(more.clone(), Arc::clone(&provider));
        let judge: Arc<dyn ServerCertVerifier> = match system {
            Ok(verifier) => Arc::new(verifier),
            // A system without any certificates: the user's own authority alone.
            Err(error) => {
                let mut roots = RootCertStore::empty();
                roots.add_parsable_certificates(more);
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
                    .build()
                    .map_err(|_| innermost(&error))?
            }
        };
        Ok(Trust { judge, provider })
    }
}
