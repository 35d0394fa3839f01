use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

const IV: [u8; 16] = [7; 16];

fn database() -> Vec<u8> {
    let mut bytes = db_magic();
    bytes.extend((0..5000_u32).flat_map(u32::to_le_bytes));
    bytes
}

fn db_magic() -> Vec<u8> {
    crate::read::whatsapp::db::MAGIC.to_vec()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn device() -> (Key, Vec<u8>) {
    let mut file = vec![0, 1, 2];
    file.extend([3; 32]);
    file.extend([4; 16]);
    file.extend([5; 32]);
    file.extend([0; 16]);
    file.extend([6; 32]);
    let java = java(&file);
    (Key::parse(&java).unwrap(), java)
}

/// An array of bytes as Java serialises it.
fn java(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![
        0xac, 0xed, 0, 5, b'u', b'r', 0, 2, b'[', b'B', 0xac, 0xf3, 0x17, 0xf8, 6, 8, 0x54, 0xe0, 2, 0, 0,
        0x78, 0x70,
    ];
    out.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
    out.extend(bytes);
    out
}

fn root() -> Key {
    Key::parse(&[9; 32]).unwrap()
}

fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![number << 3 | 2, u8::try_from(bytes.len()).unwrap()];
    out.extend(bytes);
    out
}

fn head(generation: Generation, flag: bool) -> Vec<u8> {
    if generation == Generation::Crypt12 {
        let mut out = vec![0, 1, 2];
        out.extend([3; 32]);
        out.extend([4; 16]);
        out.extend(IV);
        return out;
    }
    let mut message = vec![8, 1];
    if generation == Generation::Crypt15 {
        message.extend(field(3, &field(1, &IV)));
    } else {
        let parts =
            [field(1, &[0, 1]), field(2, b"2"), field(3, &[3; 32]), field(4, &[4; 16]), field(5, &IV)];
        message.extend(field(2, &parts.concat()));
    }
    message.extend(field(4, &[field(1, b"2.24.1.1"), field(3, b"23")].concat()));
    let mut out = vec![u8::try_from(message.len()).unwrap()];
    if flag {
        out.push(1);
    }
    out.extend(message);
    out
}

/// A backup as WhatsApp would make it.
fn backup(generation: Generation, key: &Key, plain: &[u8], checksum: bool) -> Vec<u8> {
    let mut out = head(generation, checksum);
    let cipher = AesGcm::<Aes256, U16>::new((&*key.cipher_key()).into());
    let mut text = plain.to_vec();
    let tag = cipher.encrypt_in_place_detached((&IV).into(), &[], &mut text).unwrap();
    out.extend(text);
    out.extend(tag);
    if checksum {
        out.extend(Md5::digest(&out));
    }
    if generation == Generation::Crypt12 {
        out.extend(b"--23");
    }
    out
}

fn opened(file: &[u8], key: &Key) -> Result<Content, Code> {
    let header = header::parse(file, file).expect("a head");
    open(file.to_vec(), &header, key)
}

#[test]
fn every_generation_opens() {
    let plain = zlib(&database());
    for (generation, key) in
        [(Generation::Crypt12, device().0), (Generation::Crypt14, device().0), (Generation::Crypt15, root())]
    {
        for checksum in [true, false] {
            let file = backup(generation, &key, &plain, checksum);
            assert_eq!(header::parse(&file, &file).unwrap().generation, generation);
            let Ok(Content::Database(mut chunks)) = opened(&file, &key) else {
                panic!("{generation:?} {checksum}")
            };
            let mut bytes = Vec::new();
            chunks.read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes, database());
        }
    }
}

#[test]
fn a_wrong_key_is_told_from_a_damaged_file() {
    let plain = zlib(&database());
    let other = Key::parse(&[8; 32]).unwrap();
    for checksum in [true, false] {
        let file = backup(Generation::Crypt15, &root(), &plain, checksum);
        assert_eq!(opened(&file, &other).unwrap_err(), Code::BackupWrongKey);
        assert_eq!(opened(&file, &device().0).unwrap_err(), Code::BackupWrongKey);
        let begin = header::parse(&file, &file).unwrap().length;
        for at in [begin + 20, file.len() / 2, file.len() - 20] {
            let mut bad = file.clone();
            bad[at] ^= 1;
            assert_eq!(opened(&bad, &root()).unwrap_err(), Code::BackupDamaged, "{at} {checksum}");
        }
        for cut in [begin + 100, begin + 16, begin + 15, begin + 4, begin, file.len() - 1] {
            assert_eq!(opened(&file[..cut], &root()).unwrap_err(), Code::BackupDamaged, "{cut} {checksum}");
        }
    }
    // The salt names the key file.
    let (key, mut java) = device();
    java[27 + 5] ^= 1;
    let file = backup(Generation::Crypt14, &key, &plain, true);
    assert_eq!(opened(&file, &Key::parse(&java).unwrap()).unwrap_err(), Code::BackupWrongKey);
    // The same salt and another key: the checksum says that the file is whole.
    java[27 + 5] ^= 1;
    *java.last_mut().unwrap() ^= 1;
    assert_eq!(opened(&file, &Key::parse(&java).unwrap()).unwrap_err(), Code::BackupWrongKey);
}

#[test]
fn a_salt_that_was_damaged_is_not_a_wrong_key() {
    let key = device().0;
    for (generation, at) in [(Generation::Crypt12, 20), (Generation::Crypt14, 20)] {
        let mut file = backup(generation, &key, &zlib(&database()), true);
        file[at] ^= 1;
        assert_ne!(header::parse(&file, &file).unwrap().salt, Some(vec![3; 32]));
        // The cipher's own tag vouches for the rest, and where that is damaged, too,
        // the first block says that it was the right key.
        assert!(matches!(opened(&file, &key), Ok(Content::Database(_))), "{generation:?}");
        let middle = file.len() / 2;
        file[middle] ^= 1;
        assert_eq!(opened(&file, &key).unwrap_err(), Code::BackupDamaged, "{generation:?}");
    }
}

#[test]
fn a_checksum_that_is_wrong_though_the_rest_is_sound() {
    let mut file = backup(Generation::Crypt15, &root(), &zlib(&database()), true);
    *file.last_mut().unwrap() ^= 1;
    // The cipher's own tag vouches for every byte of the database.
    assert!(matches!(opened(&file, &root()), Ok(Content::Database(_))));
}

#[test]
fn contents_of_other_kinds() {
    let archive = b"PK\x03\x04and so on".to_vec();
    let file = backup(Generation::Crypt15, &root(), &archive, false);
    assert!(matches!(opened(&file, &root()), Ok(Content::Archive(bytes)) if bytes == archive));
    let file = backup(Generation::Crypt15, &root(), &zlib(b"something else"), true);
    assert_eq!(opened(&file, &root()).unwrap_err(), Code::BackupStrange);
}

#[test]
fn keys_in_every_form() {
    let digits = "00 01 02 03 04050607 08090A0b 0c0d0e0f\n10111213 14151617 18191a1b 1c1d1e1f\n";
    let Some(Key::Root(root)) = Key::parse(digits.as_bytes()) else { panic!("64 digits") };
    assert_eq!(*root, std::array::from_fn(|at| u8::try_from(at).unwrap()));
    assert!(matches!(Key::parse(&java(&[9; 32])), Some(Key::Root(root)) if *root == [9; 32]));
    assert!(matches!(device().0, Key::Device { salt, key } if salt == [3; 32] && *key == [6; 32]));
    for bad in
        [&b"12"[..], &[0xff; 64], &java(&[1; 31]), &java(&[9; 32])[..50], "z".repeat(64).as_bytes(), b""]
    {
        assert!(Key::parse(bad).is_none(), "{bad:?}");
    }
    assert_eq!(format!("{:?}", device().0), "Key::Device(…)");
}

#[test]
fn heads_that_are_none() {
    let good = backup(Generation::Crypt15, &root(), &zlib(&database()), true);
    let length = header::parse(&good, &good).unwrap().length;
    for cut in 0..length {
        assert_eq!(header::parse(&good[..cut], &good[..cut]), None, "{cut}");
    }
    let fixed = backup(Generation::Crypt12, &device().0, &zlib(&database()), true);
    assert!(header::parse(&fixed, b"12").is_none());
    assert!(header::parse(&fixed, b"abcd").is_none());
    for text in ["[31/12/2023, 21:41:05] Ada: hi", "BEGIN:VCARD", "PK\u{3}\u{4}", "SQLite format 3\0"] {
        assert_eq!(header::parse(text.as_bytes(), text.as_bytes()), None, "{text}");
    }
}
