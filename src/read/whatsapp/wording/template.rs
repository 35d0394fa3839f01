//! One wording with places in it: `{A} added {B}`.
//!
//! A template is cut at its places into literal pieces. Names can hold
//! anything, these pieces included; where a piece stands more than once, names
//! that are known decide.

use std::ops::Range;

use super::fold::{Folded, composed, has_stop, without_stop};

/// More repeats of one piece than this are nobody's name.
const MOST_REPEATS: usize = 32;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// `{A}`: who acted, or whom it is about.
    Actor,
    /// `{B}`: those to whom it was done.
    People,
    /// `{G}`: the group's name; of several, the last is the new one.
    Title,
    /// `{N}`: the old number.
    Old,
    /// `{M}`: the new number.
    New,
}

impl Slot {
    fn named(letter: &str) -> Option<Self> {
        Some(match letter {
            "A" => Slot::Actor,
            "B" => Slot::People,
            "G" => Slot::Title,
            "N" => Slot::Old,
            "M" => Slot::New,
            _ => return None,
        })
    }
}

/// A wording, cut at its places.
#[derive(Debug)]
pub(super) struct Template {
    head: String,
    rest: Vec<(Slot, String)>,
    /// Whether more text may follow.
    open: bool,
    /// Whether it ends with a full stop right after a place, where a text
    /// without that stop would otherwise keep it as part of the name.
    stop: bool,
    /// How many bytes of it are literal: the more, the more specific.
    pub weight: usize,
    /// The longest piece of its own words.
    longest: String,
}

/// So many signs tell a template from nearly every text that it does not fit.
const SIGNS: usize = 4;

/// The place of three bytes among the [`Signs`] of a text.
type Sign = u16;

/// What stands in every text.
const ANY: Sign = 4096;

/// Some of what must stand in a text that a template fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted([Sign; SIGNS]);

impl Wanted {
    /// The one of them that the fewest templates want, of which `count` tells for
    /// each sign how many do.
    fn rarest(&self, count: &[usize]) -> Sign {
        let wants = |sign: Sign| count.get(usize::from(sign)).copied().unwrap_or_default();
        self.0.into_iter().min_by_key(|sign| (*sign == ANY, wants(*sign))).unwrap_or(ANY)
    }
}

/// All templates by a sign that they want, and where they stand: few of them have
/// to be asked for a text.
#[derive(Debug, Default)]
pub(super) struct Index<Place> {
    /// For each sign those that want it.
    by_sign: Vec<Vec<(Wanted, Place)>>,
    /// Which signs any of them is filed under.
    filed: Signs,
}

impl<Place: Copy + Ord> Index<Place> {
    /// Files templates at their places.
    pub fn new<'t>(templates: impl Iterator<Item = (&'t Template, Place)>) -> Self {
        let wanted: Vec<(Wanted, Place)> = templates.map(|(t, place)| (t.wanted(), place)).collect();
        let mut count = vec![0; usize::from(ANY) + 1];
        for sign in wanted.iter().flat_map(|(wanted, _)| wanted.0) {
            count[usize::from(sign)] += 1;
        }
        let mut by_sign = vec![Vec::new(); usize::from(ANY) + 1];
        let mut filed = Signs::default();
        for (wanted, place) in wanted {
            let rarest = wanted.rarest(&count);
            by_sign[usize::from(rarest)].push((wanted, place));
            filed.add(rarest);
        }
        Self { by_sign, filed }
    }

    /// The places, in order, of all that can fit a text with these signs.
    pub fn fitting(&self, signs: &Signs) -> Vec<Place> {
        let mut places = Vec::new();
        for (word, (has, filed)) in signs.0.iter().zip(self.filed.0).enumerate() {
            let mut bits = has & filed;
            while bits != 0 {
                let filed = &self.by_sign[64 * word + bits.trailing_zeros() as usize];
                places
                    .extend(filed.iter().filter(|(wanted, _)| signs.allow(wanted)).map(|(_, place)| *place));
                bits &= bits - 1;
            }
        }
        places.sort_unstable();
        places
    }
}

/// Which three bytes stand side by side in a text, as a set that can err on
/// the side of yes: it rules out most templates without a search.
#[derive(Debug)]
pub(super) struct Signs([u64; 65]);

impl Default for Signs {
    fn default() -> Self {
        Self([0; 65])
    }
}

impl Signs {
    /// Those of a folded text.
    pub fn of(text: &Folded<'_>) -> Self {
        let mut signs = Self::default();
        signs.add(ANY);
        text.text.as_bytes().windows(3).for_each(|three| signs.add(sign(three)));
        signs
    }

    fn add(&mut self, sign: Sign) {
        self.0[usize::from(sign / 64)] |= 1 << (sign % 64);
    }

    /// Whether a template that wants these can fit the text; never wrong with a no.
    fn allow(&self, wanted: &Wanted) -> bool {
        let has = |sign: &Sign| self.0[usize::from(*sign / 64)] & (1 << (*sign % 64)) != 0;
        wanted.0.iter().all(has)
    }
}

/// The place of three bytes, of 4096.
fn sign(three: &[u8]) -> Sign {
    let number = three.iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
    // Multiplicative hashing; 12 bits are left.
    (number.wrapping_mul(0x9e37_79b1) >> 20) as Sign
}

/// What was found at a template's places.
#[derive(Debug, Default)]
pub(super) struct Captures {
    found: Vec<(Slot, String)>,
}

impl Captures {
    /// What stands at the first place.
    pub fn first(&self) -> Option<&str> {
        self.found.first().map(|(_, text)| text.as_str())
    }

    /// Takes what stood last at `slot`: of two titles the second is the new one.
    pub fn take(&mut self, slot: Slot) -> Option<String> {
        let place = self.found.iter().rposition(|(s, _)| *s == slot)?;
        Some(self.found.remove(place).1).filter(|text| !text.is_empty())
    }
}

impl Template {
    /// Reads a template. `open` ones need not reach the end of a text.
    ///
    /// # Errors
    /// Says what is wrong with it, for whoever wrote it.
    pub fn parse(source: &str, open: bool) -> Result<Self, String> {
        let composed = composed(source);
        // Folding trims; a literal's own spaces lie inside, between places.
        let folded = Folded::new(&composed).text;
        let (text, stopped) = (without_stop(&folded), has_stop(&folded));
        let mut pieces = text.split('{');
        let head = pieces.next().unwrap_or_default().to_owned();
        let mut rest = Vec::new();
        for piece in pieces {
            let (letter, literal) =
                piece.split_once('}').ok_or_else(|| format!("“{source}” has a {{ without }}"))?;
            let slot =
                Slot::named(letter).ok_or_else(|| format!("“{source}” has an unknown place {{{letter}}}"))?;
            rest.push((slot, literal.to_owned()));
        }
        let bare = rest.split_last().is_some_and(|(_, before)| before.iter().any(|(_, l)| l.is_empty()));
        if bare {
            return Err(format!("“{source}” has two places without anything between"));
        }
        let weight = head.len() + rest.iter().map(|(_, literal)| literal.len()).sum::<usize>();
        if weight == 0 {
            return Err(format!("“{source}” fits everything"));
        }
        let stop = stopped && rest.last().is_some_and(|(_, literal)| literal.is_empty());
        let literals = std::iter::once(&head).chain(rest.iter().map(|(_, literal)| literal));
        let longest = literals.max_by_key(|literal| literal.len()).cloned().unwrap_or_default();
        Ok(Template { head, rest, open, stop, weight, longest })
    }

    /// What must stand in a text that it fits.
    fn wanted(&self) -> Wanted {
        // Spread over the whole piece, as many begin or end alike.
        let last = self.longest.len().saturating_sub(3);
        Wanted(std::array::from_fn(|index| {
            let from = last * index / (SIGNS - 1);
            self.longest.as_bytes().get(from..from + 3).map_or(ANY, sign)
        }))
    }

    /// The words before its first place.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether there is such a place in it.
    pub fn has(&self, slot: Slot) -> bool {
        self.rest.iter().any(|(s, _)| *s == slot)
    }

    /// What distinguishes it from other templates.
    #[cfg(test)]
    pub fn literals(&self) -> String {
        let rest = self.rest.iter().map(|(_, literal)| literal.as_str());
        std::iter::once(self.head.as_str()).chain(rest).collect::<Vec<_>>().join("{}")
    }

    /// Fits the template to a text. It can fit without telling who is who;
    /// then nothing is captured.
    pub fn fit(&self, text: &Folded<'_>, known: &dyn Fn(&str) -> bool) -> Option<Captures> {
        let ends_in_place = self.rest.last().is_some_and(|(_, literal)| literal.is_empty());
        let whole = text.text.as_str();
        // A stop at the end belongs to the last name, unless the wording has one.
        let keep_stop = !self.stop && (self.open || ends_in_place);
        let body = if keep_stop { whole } else { without_stop(whole) };
        // Most templates stop here: their words do not stand in the text at all.
        if !body.starts_with(&self.head)
            || memchr::memmem::find(body.as_bytes(), self.longest.as_bytes()).is_none()
        {
            return None;
        }
        let Some(((last_slot, last), before)) = self.rest.split_last() else {
            return (self.open || body.len() == self.head.len()).then(Captures::default);
        };
        if !self.open && (body.len() < self.head.len() + last.len() || !body.ends_with(last.as_str())) {
            return None;
        }
        let end = if self.open { body.len() } else { body.len() - last.len() };
        let mut found = Vec::with_capacity(self.rest.len());
        let mut from = self.head.len();
        for (slot, literal) in before {
            let range = match choose(text, from..end, literal, known) {
                Some(range) => range,
                None if literal == " " && body[from..end].contains(' ') => return Some(Captures::default()),
                None => return None,
            };
            from = range.end + literal.len();
            found.push((*slot, text.original(range)));
        }
        let to = match self.open && !last.is_empty() {
            true => from + body[from..].find(last.as_str())?,
            false => end,
        };
        if to <= from {
            return None;
        }
        found.push((*last_slot, text.original(from..to)));
        Some(Captures { found })
    }
}

/// The part of `range` up to the right occurrence of `literal`: the one with
/// a known name before it, else the first. A mere space (Persian puts nothing
/// else between who added and who was added) tells nothing without known
/// names.
fn choose(
    text: &Folded<'_>,
    range: Range<usize>,
    literal: &str,
    known: &dyn Fn(&str) -> bool,
) -> Option<Range<usize>> {
    let start = range.start;
    let mut places = text.text[range].match_indices(literal).map(|(at, _)| start..start + at);
    let first = places.next()?;
    let others: Vec<_> = places.take(MOST_REPEATS).collect();
    if others.is_empty() || known(&text.original(first.clone())) {
        return Some(first).filter(|name| !name.is_empty());
    }
    let fitting = others.into_iter().find(|name| known(&text.original(name.clone())));
    match fitting {
        None if literal == " " => None,
        None => Some(first).filter(|name| !name.is_empty()),
        some => some,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody(_: &str) -> bool {
        false
    }

    fn fit(template: &str, open: bool, text: &str) -> Option<Captures> {
        Template::parse(template, open).ok()?.fit(&Folded::new(text), &nobody)
    }

    #[test]
    fn a_closed_template_takes_the_whole_text() {
        assert!(fit("{A} left", false, "Ada left").is_some());
        assert!(fit("{A} left", false, "Ada left.").is_some());
        assert!(fit("{A} left", false, "Ada left the group").is_none());
        assert!(fit("{A} left", false, " left").is_none());
        assert!(fit("{A} left", true, "Ada left the group").is_some());
    }

    #[test]
    fn a_final_stop_belongs_to_the_name_or_to_the_wording() {
        let mut plain = fit("{A} added {B}", false, "Ada added Bo Jr.").unwrap_or_default();
        assert_eq!(plain.take(Slot::People).as_deref(), Some("Bo Jr."));
        let mut stopped = fit("{A} added {B}.", false, "Ada added Bo.").unwrap_or_default();
        assert_eq!(stopped.take(Slot::People).as_deref(), Some("Bo"));
    }

    #[test]
    fn known_names_choose_between_repeats() {
        let text = Folded::new("Ada added sugar added Bo");
        let known = |name: &str| name == "Ada added sugar";
        let template = Template::parse("{A} added {B}", false);
        let mut found = template.ok().and_then(|t| t.fit(&text, &known)).unwrap_or_default();
        assert_eq!(found.take(Slot::Actor).as_deref(), Some("Ada added sugar"));
        assert_eq!(found.take(Slot::People).as_deref(), Some("Bo"));
    }

    #[test]
    fn a_mere_space_parts_only_known_names() {
        let template = "{A} {B} را اضافه کرد";
        let mut found = fit(template, false, "Ada Bo را اضافه کرد").unwrap_or_default();
        assert_eq!(found.take(Slot::People).as_deref(), Some("Bo"));
        let mut blurred = fit(template, false, "Ada Quill Bo را اضافه کرد").unwrap_or_default();
        assert_eq!(blurred.take(Slot::People), None);
        let known = |name: &str| name == "Ada Quill";
        let text = Folded::new("Ada Quill Bo Marsh را اضافه کرد");
        let template = Template::parse(template, false);
        let mut found = template.ok().and_then(|t| t.fit(&text, &known)).unwrap_or_default();
        assert_eq!(found.take(Slot::People).as_deref(), Some("Bo Marsh"));
    }

    #[test]
    fn of_two_titles_the_last_is_the_new_one() {
        let template = "{A} changed the subject from “{G}” to “{G}”";
        let mut found =
            fit(template, false, "Ada changed the subject from «Old» to «New»").unwrap_or_default();
        // Whoever did it is asked for first, as by the readers of notices.
        assert_eq!(found.take(Slot::Actor).as_deref(), Some("Ada"));
        assert_eq!(found.take(Slot::Title).as_deref(), Some("New"));
    }

    #[test]
    fn bad_templates_say_what_is_wrong() {
        for bad in ["{A}{B}", "{A}", "{X} left", "{A left", "", "."] {
            assert!(Template::parse(bad, false).is_err(), "{bad}");
        }
    }
}
