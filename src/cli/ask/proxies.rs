//! What the environment says of the way to servers: proxies, which are never
//! used, and other certificates, which are.

use crate::check::place::masked;
use crate::model::{Code, Foreign, Problem};
use crate::words::{escape, key};

use super::super::context::Context;

/// Where programs are told of proxies.
const PROXIES: [&str; 6] =
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];

/// Where certificates of the system are replaced.
const CERTIFICATES: [&str; 2] = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

/// The proxies that are announced, each as a problem: whoever counts on one
/// should know that it is not used. Other certificates are told on demand.
pub(in crate::cli) fn announced(context: &Context) -> Vec<Problem> {
    let set = |name: &'static str| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
        Some((name, value.to_string_lossy().into_owned()))
    };
    if context.printer.is_verbose() {
        for (name, value) in CERTIFICATES.into_iter().filter_map(set) {
            let it = escape::terminal_uncut(&Foreign::new(format!("{name}={value}")));
            context.printer.note(&context.words.say_with(key::CHECK_CERTIFICATES, &[("it", (&it).into())]));
        }
    }
    let mut told: Vec<Problem> = Vec::new();
    for (_, value) in PROXIES.into_iter().filter_map(set) {
        // Without a scheme a password could not be told from a host.
        let url = if value.contains("://") { value } else { format!("http://{value}") };
        let problem = Problem::new(Code::ProxyNotUsed).quoting(masked(&url));
        if !told.contains(&problem) {
            told.push(problem);
        }
    }
    told
}
