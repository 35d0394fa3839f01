//! An address book whose cards stand each by itself, as a server keeps them.

use std::io;

use sha2::{Digest, Sha256};

use super::vcard;
use crate::model::finding::Book;
use crate::model::{Code, Finding, Foreign, Kind, Problem};
use crate::read::{Reading, Tally};

/// A book that is being put together.
pub struct Resources {
    book: Book,
    tally: Tally,
    problems: Vec<Problem>,
    digest: Sha256,
}

impl Default for Resources {
    fn default() -> Self {
        let book = Book { kind: Kind::Vcard, cards: Vec::new() };
        Resources { book, tally: Tally::default(), problems: Vec::new(), digest: Sha256::new() }
    }
}

impl Resources {
    /// Adds the card at a place. Whatever is wrong with it says so there, and
    /// touches no other.
    ///
    /// # Errors
    /// None that bytes in memory could have.
    pub fn add(&mut self, place: &str, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(place.as_bytes());
        self.digest.update([0]);
        self.digest.update((bytes.len() as u64).to_be_bytes());
        self.digest.update(bytes);
        let mut problems = Vec::new();
        let (read, tally) = vcard::read(&bytes.to_vec(), &mut problems)?;
        if tally.read == 0 {
            self.reject(Problem::new(Code::CardUnavailable), place);
            return Ok(());
        }
        self.tally.read += tally.read;
        self.tally.kept += tally.kept;
        self.tally.rejected += tally.rejected;
        self.problems.extend(problems.into_iter().map(|problem| problem.in_file(place)));
        self.book.cards.extend(read.cards.into_iter().map(|mut card| {
            card.place = Some(Foreign::new(place));
            card
        }));
        Ok(())
    }

    /// Notes a card that was not handed out, with what was said instead.
    pub fn missing(&mut self, place: &str, said: Option<String>) {
        let problem = Problem::new(Code::CardUnavailable);
        self.reject(said.into_iter().fold(problem, Problem::quoting), place);
    }

    fn reject(&mut self, problem: Problem, place: &str) {
        self.tally.read += 1;
        self.tally.rejected += 1;
        self.problems.push(problem.in_file(place));
    }

    /// The whole, and the hash by which it is known again.
    pub fn finish(self) -> (Reading, Vec<u8>) {
        let finding = Some(Finding::Book(self.book.into()));
        let reading = Reading { finding, tally: self.tally, problems: self.problems };
        (reading, self.digest.finalize().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &[u8] = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nTEL:+33639980101\r\nEND:VCARD\r\n";

    #[test]
    fn each_card_has_its_place_and_costs_no_other() {
        let mut resources = Resources::default();
        resources.add("https://example.org/b/1.vcf", GOOD).unwrap();
        resources.add("https://example.org/b/2.vcf", b"<html>").unwrap();
        resources.add("https://example.org/b/3.vcf", b"BEGIN:VCARD\r\nFN:Bo\r\n").unwrap();
        resources.missing("https://example.org/b/4.vcf", Some("403".to_owned()));
        let (reading, _) = resources.finish();
        let Some(Finding::Book(book)) = &reading.finding else { panic!() };
        assert_eq!(book.cards.len(), 1);
        let path = Foreign::from("https://example.org/b/");
        let locator = book.cards[0].locator(&path);
        assert_eq!((locator.path.raw(), locator.line), ("https://example.org/b/1.vcf", None));
        assert_eq!(reading.tally, Tally { read: 4, kept: 1, rejected: 3 });
        let told: Vec<(Code, &str)> =
            reading.problems.iter().map(|p| (p.code, p.path.as_ref().unwrap().raw())).collect();
        assert_eq!(
            told,
            [
                (Code::CardUnavailable, "https://example.org/b/2.vcf"),
                (Code::CardUnfinished, "https://example.org/b/3.vcf"),
                (Code::CardUnavailable, "https://example.org/b/4.vcf"),
            ]
        );
    }

    #[test]
    fn the_same_cards_are_known_again_and_others_are_not() {
        let hash = |cards: &[(&str, &[u8])]| {
            let mut resources = Resources::default();
            for (place, bytes) in cards {
                resources.add(place, bytes).unwrap();
            }
            resources.finish().1
        };
        assert_eq!(hash(&[("a", GOOD)]), hash(&[("a", GOOD)]));
        assert_ne!(hash(&[("a", GOOD)]), hash(&[("b", GOOD)]));
        assert_ne!(hash(&[("a", GOOD)]), hash(&[("a", &GOOD[1..])]));
    }
}
