//! Signal's identities: ids of accounts and of numbers, usernames, and links.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};

address!(
    /// A Signal account id, a UUID.
    SignalAci
);
address!(
    /// A Signal phone-number id, a UUID.
    SignalPni
);
address!(
    /// A Signal username, `name.NN`.
    SignalUsername
);
address!(
    /// A link into Signal that stands for somebody (`https://signal.me/#eu/…`) or
    /// for a group (`https://signal.group/#…`). Opaque: it names nobody.
    SignalLink
);

impl SignalLink {
    /// Reads a link in any of its writings.
    pub fn parse(text: &str) -> Option<SignalLink> {
        let (kind, shortest) = if let Some((_, code)) = text.split_once("signal.me/#eu/") {
            (("https://signal.me/#eu/", code), 40)
        } else {
            let (_, code) = text.split_once("signal.group/#")?;
            (("https://signal.group/#", code), 20)
        };
        let (prefix, code) = kind;
        let good = (shortest..=200).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='));
        good.then(|| SignalLink(format_smolstr!("{prefix}{code}")))
    }

    /// Whether it leads to a group, which is nobody's own address.
    pub fn is_group(&self) -> bool {
        self.0.starts_with("https://signal.group/")
    }
}

impl SignalAci {
    /// Makes the id from its 16 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<SignalAci> {
        uuid(bytes).map(SignalAci)
    }

    /// Reads an id as it is written: a UUID.
    pub fn parse(text: &str) -> Option<SignalAci> {
        SignalAci::from_bytes(&uuid_bytes(text)?)
    }
}

impl SignalPni {
    /// Makes the id from its 16 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<SignalPni> {
        uuid(bytes).map(SignalPni)
    }

    /// Reads an id as it is written: a UUID, with or without `PNI:` before it.
    pub fn parse(text: &str) -> Option<SignalPni> {
        SignalPni::from_bytes(&uuid_bytes(text.strip_prefix("PNI:").unwrap_or(text))?)
    }
}

impl SignalUsername {
    /// Reads `name.NN`: 3 to 32 letters, digits or underscores that do not
    /// begin with a digit, a dot, two or more digits.
    pub fn parse(text: &str) -> Option<SignalUsername> {
        let (name, number) = text.trim().rsplit_once('.')?;
        let good = (3..=32).contains(&name.len())
            && (2..=9).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        good.then(|| SignalUsername(format_smolstr!("{}.{number}", name.to_ascii_lowercase())))
    }
}

/// The 16 bytes of a UUID in its usual writing.
fn uuid_bytes(text: &str) -> Option<[u8; 16]> {
    let dashes = text.char_indices().filter(|(_, c)| *c == '-').map(|(at, _)| at);
    if text.len() != 36 || !dashes.eq([8, 13, 18, 23]) {
        return None;
    }
    let digits: Vec<u32> =
        text.chars().filter(|c| *c != '-').map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::try_from(pair[0] * 16 + pair[1]).ok()?;
    }
    Some(bytes)
}

fn uuid(bytes: &[u8]) -> Option<SmolStr> {
    if bytes.len() != 16 || bytes.iter().all(|b| *b == 0) {
        return None;
    }
    let mut text = String::with_capacity(36);
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    Some(text.into())
}
