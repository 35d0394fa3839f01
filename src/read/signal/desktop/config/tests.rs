//! Settings, good and bad. The sealed keys were made by Python's hashlib and
//! `PyCryptodome`, the way Electron makes them.

use proptest::prelude::*;

use super::*;

const DIGITS: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const OPENLY: &str = "763130f9fa88db3e918c7153bf9041dfa06fc6277b3735cd746da0c455659a2f9ad6531ca84cb7903ae2c272dab04d9105838903e3aa9701b20b5d4331cf21910ce4a8927a2c6adb15a7ee1c4b2fb8c006fc8e";
const KEPT: &str = "76313101a047bb3e7e0a9e66e19fd136892eef621e3510a48aabac7007974cc9d913ec057e8ca4ab6d11b4aeaae3518e38acada9b18df6afe71da8d8eaa4cbff726fdac4fb6d848bbbd3e9bb0106b9b17c9cdc";
const ON_MAC: &str = "763130d00a908b0632b78fd20ed2ffee51ef3a5baf4342b2210e8717649baf68f972ce931251e32dfa050bcd9c73a56ece46a35d57e66c9be35ab4b1c5c58dc39e164df7e4f6ea756623ff49d98265664bac6b";

fn parse(json: &str) -> Option<Config> {
    Config::parse(json.as_bytes())
}

fn sealed(blob: &str, backend: &str) -> Sealed {
    let backend = match backend {
        "" => String::new(),
        name => format!(r#","safeStorageBackend":"{name}""#),
    };
    parse(&format!(r#"{{"encryptedKey":"{blob}"{backend}}}"#)).unwrap().sealed.unwrap()
}

#[test]
fn the_key_of_older_versions_stands_there() {
    let config = parse(&format!("\u{feff}{{\"window\":{{\"x\":1}},\"key\":\"{DIGITS}\"}}")).unwrap();
    assert!(config.key == DatabaseKey::parse(DIGITS) && config.sealed.is_none());
    assert!(!format!("{config:?}").contains("0011"));
}

#[test]
fn a_key_without_a_password_opens() {
    let Sealed::Openly(blob) = sealed(OPENLY, "basic_text") else { panic!("openly") };
    assert!(blob.open() == DatabaseKey::parse(DIGITS));
    assert!(!format!("{:?}", sealed(OPENLY, "basic_text")).contains("fa"));
}

#[test]
fn a_key_opens_with_the_password_of_its_keyring_and_no_other() {
    let cases = [
        (KEPT, "gnome_libsecret", Vault::Libsecret, "c2VjcmV0LWZyb20ta2V5cmluZw=="),
        (KEPT, "kwallet", Vault::Kwallet, "c2VjcmV0LWZyb20ta2V5cmluZw=="),
        (KEPT, "kwallet5", Vault::Kwallet, "c2VjcmV0LWZyb20ta2V5cmluZw=="),
        (KEPT, "kwallet6", Vault::Kwallet, "c2VjcmV0LWZyb20ta2V5cmluZw=="),
        (ON_MAC, "", Vault::Keychain, "bWFjLWtleWNoYWlu"),
    ];
    for (blob, backend, expected, password) in cases {
        let Sealed::Kept(vault, blob) = sealed(blob, backend) else { panic!("{backend}") };
        assert_eq!(vault, expected, "{backend}");
        assert!(blob.open_with(vault, password) == DatabaseKey::parse(DIGITS), "{backend}");
        for wrong in ["", "peanuts", "x"] {
            assert!(blob.open_with(vault, wrong).is_none(), "{backend} {wrong}");
        }
    }
}

#[test]
fn what_windows_sealed_is_known_as_such() {
    let gcm = format!("763130{}", "ab".repeat(92));
    assert!(matches!(sealed(&gcm, ""), Sealed::ByWindows));
    assert!(matches!(sealed("01000000d08c9ddf0115d1118c7a00c04fc297eb", ""), Sealed::ByWindows));
}

#[test]
fn an_unknown_seal_says_how_it_calls_itself() {
    for (blob, backend, says) in
        [(KEPT, "unknown", "unknown"), ("7631", "", "encryptedKey"), ("xyz", "", "encryptedKey")]
    {
        let Sealed::Strangely(how) = sealed(blob, backend) else { panic!("{backend}") };
        assert_eq!(how, says);
    }
    // A seal of a length that no cipher makes.
    let Sealed::Openly(blob) = sealed("763130abcd", "basic_text") else { panic!("openly") };
    assert!(blob.open().is_none());
}

#[test]
fn what_is_no_object_is_no_settings_and_an_odd_field_costs_only_itself() {
    for wrong in ["", "[]", "null", "{", "{\"key\":\"1\",\"key\":\"2\"}", "key=5"] {
        assert!(parse(wrong).is_none(), "{wrong}");
    }
    let config =
        parse(&format!(r#"{{"key":["{DIGITS}"],"encryptedKey":7,"safeStorageBackend":{{}}}}"#)).unwrap();
    assert!(config.key.is_none() && config.sealed.is_none());
    assert!(parse(r#"{"key":"short"}"#).unwrap().key.is_none());
}

proptest! {
    #[test]
    fn whatever_is_sealed_is_opened_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..200), backend in "[a-z_0-9]{0,16}", mark in 0..3_usize) {
        let mut sealed = [&b"v10"[..], b"v11", b""][mark].to_vec();
        sealed.extend(bytes);
        for backend in [None, Some("gnome_libsecret"), Some(backend.as_str())] {
            match Sealed::of(&sealed, backend) {
                Some(Sealed::Openly(blob)) => prop_assert!(blob.open().is_none()),
                Some(Sealed::Kept(vault, blob)) => prop_assert!(blob.open_with(vault, "x").is_none()),
                _ => {}
            }
        }
        let _ = Config::parse(&sealed);
    }
}
