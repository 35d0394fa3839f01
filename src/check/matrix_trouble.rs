//! What a homeserver's refusals mean where somebody wants to sign in: whether to
//! type it right, or that there is nothing of the kind.

use super::trouble::Trouble;

/// Whoever is not let in for what they typed is told so. A server that lets in
/// nobody, or nobody in that way, says why itself.
pub(super) fn refused(trouble: Trouble) -> Trouble {
    let typed = ["M_FORBIDDEN", "M_INVALID_USERNAME", "M_INVALID_PARAM", "M_UNAUTHORIZED"];
    match trouble {
        Trouble::TokenRefused { host } => Trouble::LoginRefused { host },
        Trouble::Server { host, status: 400..=403, code, .. } if typed.contains(&code.as_str()) => {
            Trouble::LoginRefused { host }
        }
        trouble => trouble,
    }
}

/// Whether there is nothing of the kind at a homeserver.
pub(super) fn is_missing(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Nonsense { .. } | Trouble::Server { status: 400 | 403 | 404 | 405 | 501, .. })
}
