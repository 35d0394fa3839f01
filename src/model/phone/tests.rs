//! One test for every rule by which a text becomes a number.

use super::*;

fn read(text: &str) -> Option<String> {
    Phone::parse(text, None).ok().map(|p| p.as_str().to_owned())
}

#[test]
fn international_forms_agree() {
    for text in [
        "+33639980123",
        "+33 6 39 98 01 23",
        "0033 6.39.98.01.23",
        "\u{202a}+33\u{a0}6\u{a0}39\u{a0}98\u{a0}01\u{a0}23\u{202c}",
        "+33 (0)6 39 98 01 23",
        "+33 06 39 98 01 23",
        "tel:+33-6-39-98-01-23;ext=5",
        "TEL:+33639980123",
        "+٣٣٦٣٩٩٨٠١٢٣",
    ] {
        assert_eq!(read(text).as_deref(), Some("+33639980123"), "{text}");
    }
    assert_eq!(read("+1 (202) 555\u{2011}0123").as_deref(), Some("+12025550123"));
}

#[test]
fn national_numbers_are_never_guessed() {
    assert_eq!(Phone::parse("06 39 98 01 23", None), Err(NotPhone::NeedsRegion));
    let france = RegionCode::parse("fr");
    assert_eq!(Phone::parse("06 39 98 01 23", france).unwrap().as_str(), "+33639980123");
    assert_eq!(RegionCode::parse("ZZ"), None);
    assert_eq!(RegionCode::parse("france"), None);
}

#[test]
fn c02_letters_are_never_made_digits() {
    for text in [
        "+447700900101 Ada",
        "+1 202 555 0123 home",
        "+44 7700 900105 ext",
        "+44 7700 9001O1",
        "+33639980101 maman",
        "06 39 98 01 03 (maman)",
        "06 39 98 01 01 / 06 39 98 01 02",
        "+447700900101,+447700900102",
        "+447700900106;+447700900107",
        "+447700900101/+447700900102",
        "+447700900101/02",
        "#31#0639980101",
    ] {
        for region in [None, RegionCode::parse("FR"), RegionCode::parse("GB")] {
            assert_eq!(Phone::parse(text, region), Err(NotPhone::Unclear), "{text} {region:?}");
        }
    }
    for text in ["+44 7700 900105 ext. 12", "+447700900105;ext=12", "+447700900105x9", "+447700900105,,1#"] {
        assert_eq!(read(text).as_deref(), Some("+447700900105"), "{text}");
    }
}

#[test]
fn a_context_places_a_local_number() {
    for text in ["tel:0639980123;phone-context=+33", "tel:639980123;ext=5;phone-context=+33"] {
        assert_eq!(read(text).as_deref(), Some("+33639980123"), "{text}");
    }
    assert_eq!(read("tel:+33639980123;phone-context=+44").as_deref(), Some("+33639980123"));
    let named = Phone::parse("tel:0639980123;phone-context=example.org", None);
    assert_eq!(named, Err(NotPhone::NeedsRegion));
}

#[test]
fn codes_and_words_are_nobodys_number() {
    for text in ["3646", "*100#", "Google", "", "+", "112", "ada@example.org"] {
        assert_eq!(Phone::parse(text, None), Err(NotPhone::Unusable), "{text}");
    }
}

#[test]
fn the_short_way_agrees_with_the_numbering_plans() {
    for text in
        ["+447700900123", "+12025550123", "+61491570156", "+46701740605", "+33199001234", "+442079460123"]
    {
        let number = PHONE_NUMBER_UTIL.parse(text, None).unwrap();
        assert_eq!(number.format_as(PhoneNumberFormat::E164).to_string(), text);
        assert_eq!(read(text).as_deref(), Some(text));
    }
}

#[test]
fn lines_and_regions_come_from_the_plans() {
    let fixed = Phone::from_digits("33199001234").unwrap();
    let fiction = Phone::from_digits("33639980123").unwrap();
    assert_eq!(fixed.line(), Line::Fixed);
    assert_eq!(fiction.line(), Line::Mobile, "an unknown type counts as mobile");
    assert_eq!(fiction.region(), RegionCode::parse("FR"));
}

#[test]
fn debug_masks() {
    assert_eq!(format!("{:?}", Phone::from_digits("33639980123").unwrap()), "+33…23");
}

#[test]
fn c05_what_broke_other_parsers_is_no_number() {
    let regions = [None, RegionCode::parse("FR"), RegionCode::parse("US"), RegionCode::parse("BR")];
    let long = "9".repeat(10_000);
    for text in [
        "+dwPAA;phone-context=AA",
        ";phone-context=+1",
        "tel:;phone-context=",
        "+;phone-context=+",
        "+33639980123;phone-context=\u{0}",
        "+++++++++++",
        "+(((((((((((((((((((((((((((((",
        "x".repeat(5_000).as_str(),
        &long,
        "+33\u{0}\u{1b}[2J",
        "\u{661}\u{662}\u{ff0b}",
        "1-800-FLOWERS-FLOWERS-FLOWERS-FLOWERS",
        "+1 (((202) 555",
        "//////////////",
        "+999999999999999",
        "０６ー３９ー９８",
    ] {
        for region in regions {
            let _ = Phone::parse(text, region).map(|phone| (phone.line(), phone.region(), phone.same()));
            let _ = candidates(text, region.as_slice());
        }
    }
    for text in ["+dwPAA;phone-context=AA", "+++++++++++", "//////////////"] {
        assert_eq!(Phone::parse(text, None), Err(NotPhone::Unusable), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn c05_no_text_makes_it_panic(text in "[+0-9 ();=/.*#a-zA-Z:\\-\u{0}-\u{2000}]{0,40}", code in proptest::sample::select(&["FR", "US", "MX", "AR", "BR", "IT"][..])) {
        let region = RegionCode::parse(code);
        if let Ok(phone) = Phone::parse(&text, region) {
            proptest::prop_assert!((8..=16).contains(&phone.as_str().len()), "{:?}", phone.as_str());
            proptest::prop_assert!(phone.digits().bytes().all(|b| b.is_ascii_digit()));
            let _ = (phone.line(), phone.same(), phone.calling_code());
        }
        let _ = candidates(&text, region.as_slice());
    }
}

#[test]
fn c06_services_are_nobodys_own() {
    let line = |digits: &str| Phone::from_digits(digits).unwrap().line();
    assert_eq!(line("33800123456"), Line::Service, "toll-free");
    assert_eq!(line("33891123456"), Line::Service, "premium");
    assert_eq!(line("448451234567"), Line::Service, "shared cost");
    assert_eq!(line("18005550123"), Line::Service, "toll-free");
}

#[test]
fn a_number_that_cannot_be_one_of_the_region_is_not_placed_there() {
    let france = RegionCode::parse("FR");
    assert_eq!(Phone::parse("(202) 555-0123", france), Err(NotPhone::OtherRegion), "too long");
    assert_eq!(Phone::parse("06 39 98 0", france), Err(NotPhone::OtherRegion), "too short");
    assert_eq!(Phone::parse("555-0123", RegionCode::parse("US")), Err(NotPhone::OtherRegion), "no area");
    // With a country code it stays as it is written, whatever its length.
    assert!(Phone::parse("+33 6 39 98", france).is_ok());
}

#[test]
fn c16_a_zero_or_plus_that_a_spreadsheet_took_is_missed() {
    let france = RegionCode::parse("FR");
    for text in ["639980123", "33639980123", "199001234"] {
        assert_eq!(Phone::parse_from_table(text, france), Err(NotPhone::Damaged), "{text}");
        assert_eq!(Phone::parse_from_table(text, None), Err(NotPhone::NeedsRegion), "{text}");
    }
    for (text, code) in
        [("06 39 98 01 23", "FR"), ("0639980123", "FR"), ("6 39 98 01 23", "FR"), ("2025550123", "US")]
    {
        assert!(Phone::parse_from_table(text, RegionCode::parse(code)).is_ok(), "{text}");
    }
}

#[test]
fn calling_codes_need_no_plan() {
    for (digits, code, region) in [
        ("12025550123", "1", "US"),
        ("33639980123", "33", "FR"),
        ("79991234567", "7", "RU"),
        ("351912345678", "351", "PT"),
        ("447700900123", "44", "GB"),
    ] {
        let phone = Phone::from_digits(digits).unwrap();
        assert_eq!(phone.calling_code(), code);
        assert_eq!(RegionCode::of_calling_code(code), RegionCode::parse(region));
    }
}
