//! The head of an encrypted backup: of which generation it is, the nonce, and
//! where the ciphertext begins. What is not needed is not looked at.

/// The generations of encrypted backups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// A head of fixed places; ends with the last digits of the own number.
    Crypt12,
    /// A protobuf head; opened by the phone's key file.
    Crypt14,
    /// A protobuf head; opened by the root key that the user can write down.
    Crypt15,
}

/// What the head of a backup says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Of which generation it is.
    pub generation: Generation,
    /// The nonce.
    pub iv: [u8; 16],
    /// Which key file it wants: that file's salt, where this generation says.
    pub salt: Option<Vec<u8>>,
    /// Where the ciphertext begins.
    pub length: usize,
}

/// What crypt12 begins with: the version of the cipher.
const CRYPT12: &[u8] = &[0, 1];
/// The length of crypt12's head.
const CRYPT12_LENGTH: usize = 67;
/// What crypt12 ends with: `--` and the last two digits of the own number.
pub const CRYPT12_TAIL: usize = 4;

/// Reads the head of a backup of crypt14 or crypt15, or, where the end of the
/// file looks like it, of crypt12. `tail` is the last bytes of the file.
pub fn parse(head: &[u8], tail: &[u8]) -> Option<Header> {
    protobuf_head(head).or_else(|| fixed_head(head, tail))
}

fn fixed_head(head: &[u8], tail: &[u8]) -> Option<Header> {
    let mark = tail.get(tail.len().checked_sub(CRYPT12_TAIL)?..)?;
    let good = head.len() >= CRYPT12_LENGTH
        && head.starts_with(CRYPT12)
        && mark[..2].iter().all(|b| *b == b'-' || b.is_ascii_digit())
        && mark[2..].iter().all(u8::is_ascii_digit);
    good.then(|| Header {
        generation: Generation::Crypt12,
        iv: head[51..CRYPT12_LENGTH].try_into().unwrap_or_default(),
        salt: Some(head[3..35].to_vec()),
        length: CRYPT12_LENGTH,
    })
}

/// One byte of length, perhaps a flag, then the message `BackupPrefix`.
fn protobuf_head(head: &[u8]) -> Option<Header> {
    let length = usize::from(*head.first()?);
    let begin = if head.get(1) == Some(&1) { 2 } else { 1 };
    let message = head.get(begin..begin + length)?;
    let (mut crypt14, mut crypt15, mut told) = (None, None, false);
    for field in Fields(message) {
        match field? {
            (1, Value::Number) => {}
            (2, Value::Bytes(inner)) => crypt14 = Some(inner),
            (3, Value::Bytes(inner)) => crypt15 = Some(inner),
            (4, Value::Bytes(_)) => told = true,
            (number, _) if number > 4 => {}
            _ => return None,
        }
    }
    let bytes = |inner: &[u8], wanted: u64| {
        let fields: Option<Vec<_>> = Fields(inner).collect();
        fields?.into_iter().find_map(|(number, value)| match value {
            Value::Bytes(bytes) if number == wanted => Some(bytes.to_vec()),
            _ => None,
        })
    };
    let (generation, iv, salt) = match (crypt15, crypt14) {
        (Some(inner), _) => (Generation::Crypt15, bytes(inner, 1)?, None),
        (None, Some(inner)) => (Generation::Crypt14, bytes(inner, 5)?, bytes(inner, 3)),
        (None, None) => return None,
    };
    let iv = iv.try_into().ok()?;
    told.then_some(Header { generation, iv, salt, length: begin + length })
}

/// A value of a protobuf field.
enum Value<'a> {
    Number,
    Bytes(&'a [u8]),
    Other,
}

/// The fields of a protobuf message; none in the place of what cannot be read.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let key = self.varint()?;
        let value = match key & 7 {
            0 => self.varint().map(|_| Value::Number)?,
            1 => self.take(8).map(|_| Value::Other)?,
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Other)?,
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u64, Value<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}
