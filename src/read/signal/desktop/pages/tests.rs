//! Pages that are encrypted here, and one that another program encrypted.

use std::io::Read;

use aes::cipher::{BlockEncryptMut, KeyIvInit};
use proptest::prelude::*;
use sha2::Digest;

use super::*;
use crate::read::wal;

const DIGITS: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn key() -> DatabaseKey {
    DatabaseKey::parse(DIGITS).unwrap()
}

fn salt() -> [u8; SALT] {
    std::array::from_fn(|at| u8::try_from(at).unwrap())
}

fn pages() -> LockedPages {
    LockedPages::new(&key(), &salt())
}

/// A page that is filled with a byte, encrypted.
fn locked(number: u32, fill: u8, vector: u8) -> Vec<u8> {
    let mut page = vec![fill; PAGE];
    if number == 1 {
        page[..SALT].copy_from_slice(&salt());
    }
    let text = &mut page[begin(number)..PAGE - TAG - VECTOR];
    let length = text.len();
    let encryptor = cbc::Encryptor::<Aes256>::new((&*key().0).into(), (&[vector; VECTOR]).into());
    encryptor.encrypt_padded_mut::<NoPadding>(text, length).unwrap();
    page[PAGE - TAG - VECTOR..PAGE - TAG].fill(vector);
    let mut mac = pages().mac;
    mac.update(&page[begin(number)..PAGE - TAG]);
    mac.update(&number.to_le_bytes());
    let tag = mac.finalize().into_bytes();
    page[PAGE - TAG..].copy_from_slice(&tag);
    page
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_page_is_what_another_program_makes_of_it() {
    // Of Python's hashlib and PyCryptodome, by the description of SQLCipher's design.
    let page = locked(2, 7, 9);
    let expected = "a8fd17baadf69cfa7fe21e0564807d6ca18cd5b353a321a7bdef6751fdb0f172";
    assert_eq!(hex(&sha2::Sha256::digest(&page)), expected);
    let mut opened = page;
    let mut pages = pages();
    wal::Pages::open(&mut pages, 2, &mut opened);
    assert!(opened[..PAGE - TAG - VECTOR].iter().all(|byte| *byte == 7));
    assert_eq!(pages.damaged(), (&[][..], 0));
}

#[test]
fn the_first_page_begins_with_the_mark_of_sqlite() {
    let (mut page, mut pages) = (locked(1, 5, 3), pages());
    wal::Pages::open(&mut pages, 1, &mut page);
    assert!(page.starts_with(MAGIC) && page[SALT..PAGE - TAG - VECTOR].iter().all(|byte| *byte == 5));
}

#[test]
fn a_page_fits_only_its_own_key_number_and_bytes() {
    let page = locked(2, 7, 9);
    assert!(pages().fits(2, &page));
    assert!(!pages().fits(3, &page), "pages cannot change places");
    assert!(!pages().fits(2, &page[..PAGE - 1]) && !pages().fits(2, &[]));
    let other = DatabaseKey::parse(&DIGITS.replace('0', "1")).unwrap();
    assert!(!LockedPages::new(&other, &salt()).fits(2, &page));
    assert!(!LockedPages::new(&key(), &[0; SALT]).fits(2, &page));
    for at in (0..PAGE).step_by(97) {
        let mut torn = page.clone();
        torn[at] ^= 1;
        assert!(!pages().fits(2, &torn), "{at}");
    }
}

#[test]
fn damaged_pages_are_named_and_empty_ones_are_not() {
    let mut pages = pages();
    let mut open = |number: u32, mut page: Vec<u8>| {
        wal::Pages::open(&mut pages, number, &mut page);
        page
    };
    assert_eq!(open(7, vec![0; PAGE]), vec![0; PAGE]);
    assert_eq!(open(8, vec![1; PAGE]), vec![0; PAGE]);
    assert_eq!(open(9, vec![1; 100]), vec![0; 100]);
    open(1, Vec::new());
    for number in 20..40 {
        open(number, locked(2, 7, 9));
    }
    let (first, count) = pages.damaged();
    assert_eq!((&first[..4], first.len(), count), (&[8, 9, 1, 20][..], TOLD, 23));
}

#[test]
fn nothing_of_a_key_is_shown() {
    assert_eq!(format!("{:?}", key()), "DatabaseKey(…)");
    for wrong in ["", "00", &DIGITS[1..], &DIGITS.replace('0', "g")] {
        assert!(DatabaseKey::parse(wrong).is_none(), "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_read_keeps_its_length(bytes in proptest::collection::vec(any::<u8>(), 0..3 * PAGE)) {
        let (committed, mut whole, mut pages) = (wal::Committed::default(), Vec::new(), pages());
        let size = bytes.len() as u64;
        committed.over(&[], bytes.as_slice(), size, &mut pages).read_to_end(&mut whole).unwrap();
        prop_assert_eq!(whole.len(), bytes.len());
        prop_assert!(pages.damaged().1 <= 3);
    }
}
