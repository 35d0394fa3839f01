//! Why there was no answer, told apart as far as the user can do something about
//! it.

use std::error::Error;

use super::named::{NoSuchName, PrivateOnly};
use crate::check::trouble::{TlsFault, Trouble, innermost};

/// Tells apart why there was no answer.
pub(super) fn failure(host: &str, error: &reqwest::Error) -> Trouble {
    let host = host.to_owned();
    if find::<PrivateOnly>(error).is_some() {
        return Trouble::Private { host };
    }
    if find::<NoSuchName>(error).is_some() {
        return Trouble::NoSuchName { host };
    }
    if let Some(tls) = find(error) {
        return Trouble::Tls { host, fault: TlsFault::of(tls) };
    }
    let what = if error.is_timeout() { "timeout".to_owned() } else { innermost(error) };
    Trouble::Unreachable { host, what }
}

/// The error of a kind among an error and its reasons. The system's errors hold
/// others of which `source` does not tell.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let held = || error.downcast_ref::<std::io::Error>()?.get_ref().and_then(|inner| find(inner));
    error.downcast_ref().or_else(held).or_else(|| error.source().and_then(find))
}
