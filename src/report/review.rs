//! Questions for a person, as text, as JSON (`transhume.review/1`) and as a
//! table for spreadsheets: both sides of each beside each other, with the
//! evidence, and what can be answered.

mod table;

use serde::Serialize;

use crate::graph::Open;
use crate::graph::question::{Answer, Kind, Question, Side};
use crate::graph::region::Regions;
use crate::model::contact::Why;
use crate::model::phone::RegionCode;
use crate::model::{Foreign, Locator};
use crate::words::escape::Shown;
use crate::words::{Key, Words, key};

use super::evidence::why_id;
use super::grounds;

pub use table::{names, table};

/// A question with its id.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its opaque id, which stays.
    pub id: String,
    /// What is asked.
    pub question: Question,
}

/// A question as JSON.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    schema: &'static str,
    id: String,
    question: &'static str,
    text: String,
    on: Foreign,
    why: Option<&'static str>,
    sides: Vec<SideView>,
    /// What there is to choose from, in the order in which it is counted.
    candidates: Vec<Foreign>,
    evidence: Vec<String>,
    answers: String,
    suggested: Option<String>,
}

#[derive(Debug, Serialize)]
struct SideView {
    contact: Option<String>,
    name: Option<Foreign>,
    identities: Vec<Foreign>,
    groups: Vec<Foreign>,
    places: Vec<PlaceView>,
}

#[derive(Debug, Serialize)]
struct PlaceView {
    path: Foreign,
    line: Option<u64>,
}

impl QuestionView {
    /// The view of a question.
    pub fn new(asked: &Asked, regions: &Regions, words: &Words) -> Self {
        let question = &asked.question;
        let show = crate::words::escape::terminal_uncut;
        Self {
            schema: "transhume.review/1",
            id: asked.id.clone(),
            question: question.open.id(),
            text: sentence(question, words, show),
            on: question.on.clone(),
            why: question.why.map(why_id),
            sides: question.sides.iter().map(SideView::new).collect(),
            candidates: candidates(question),
            evidence: evidence(question, regions, words, show),
            answers: answers(question, words),
            suggested: question.suggested().map(|answer| say(question, &answer, words)),
        }
    }
}

impl SideView {
    fn new(side: &Side) -> Self {
        let place = |p: &Locator| PlaceView { path: p.path.clone(), line: p.line };
        Self {
            contact: side.contact.as_ref().map(|id| id.as_str().to_owned()),
            name: side.name.clone(),
            identities: side.identities.clone(),
            groups: side.groups.clone(),
            places: side.places.iter().map(place).collect(),
        }
    }
}

/// The question as a sentence; `show` escapes for the sink.
pub(super) fn sentence(question: &Question, words: &Words, show: impl Fn(&Foreign) -> Shown) -> String {
    let key = match question.open {
        Open::AmbiguousName => key::REVIEW_ASK_AMBIGUOUS_NAME,
        Open::NumberChange => key::REVIEW_ASK_NUMBER_CHANGE,
        Open::SharedIdentity => key::REVIEW_ASK_SHARED_IDENTITY,
        Open::NeedsRegion => key::REVIEW_ASK_NEEDS_REGION,
        Open::AssumedRegion => key::REVIEW_ASK_ASSUMED_REGION,
        Open::Damaged => key::REVIEW_ASK_DAMAGED,
        Open::Unclear => key::REVIEW_ASK_UNCLEAR,
        Open::Account => key::REVIEW_ASK_ACCOUNT,
    };
    words.say_with(key, &[("on", (&show(&question.on)).into())])
}

/// What tells for and against, a sentence each.
pub(super) fn evidence(
    question: &Question,
    regions: &Regions,
    words: &Words,
    show: impl Fn(&Foreign) -> Shown,
) -> Vec<String> {
    let region = regions.home().map(RegionCode::id).unwrap_or_default();
    let on = show(&question.on);
    // Of a region the question says it already.
    let why = question.why.filter(|why| *why != Why::AssumedRegion).map(|why| {
        words.say_with(grounds::why(why), &[("on", (&on).into()), ("region", region.as_str().into())])
    });
    let accounts = question.accounts.iter().map(|(address, origin)| {
        let address = show(&Foreign::from(address.as_str()));
        let origin = grounds::origin(*origin, words);
        words.say_with(
            key::REVIEW_ACCOUNT,
            &[("address", (&address).into()), ("origin", origin.as_str().into())],
        )
    });
    why.into_iter().chain(accounts).collect()
}

/// What there is to choose from: numbers or accounts.
pub(super) fn candidates(question: &Question) -> Vec<Foreign> {
    let numbers = question.numbers.iter().map(|phone| Foreign::from(phone.as_str()));
    numbers.chain(question.accounts.iter().map(|(address, _)| Foreign::from(address.as_str()))).collect()
}

/// What can be answered, in words.
pub(super) fn answers(question: &Question, words: &Words) -> String {
    let ([sentence, _], count) = takes(question.kind());
    words.say_with(sentence, &[("count", count.into())])
}

/// What may be typed on a terminal: the answers, and what else there is.
pub fn prompt(question: &Question, words: &Words) -> String {
    let ([_, keys], count) = takes(question.kind());
    let answers = words.say_with(keys, &[("count", count.into())]);
    words.say_with(key::REVIEW_PROMPT, &[("answers", answers.as_str().into())])
}

/// What answers a kind of question takes, as a sentence and as what to type, and
/// how many there are to choose from.
fn takes(kind: Kind) -> ([Key; 2], usize) {
    match kind {
        Kind::Two => ([key::REVIEW_ANSWERS_TWO, key::REVIEW_MAY_TWO], 2),
        Kind::Several(count) => ([key::REVIEW_ANSWERS_SEVERAL, key::REVIEW_MAY_SEVERAL], count),
        Kind::Number(count) => ([key::REVIEW_ANSWERS_NUMBER, key::REVIEW_MAY_NUMBER], count),
        Kind::Region => ([key::REVIEW_ANSWERS_REGION, key::REVIEW_MAY_REGION], 1),
        Kind::Account => ([key::REVIEW_ANSWERS_ACCOUNT, key::REVIEW_MAY_ACCOUNT], 1),
        Kind::Accounts(count) => ([key::REVIEW_ANSWERS_ACCOUNTS, key::REVIEW_MAY_ACCOUNTS], count),
    }
}

/// An answer as it can be typed.
pub(super) fn say(question: &Question, answer: &Answer, words: &Words) -> String {
    let people = matches!(question.kind(), Kind::Two | Kind::Several(_));
    let key: Key = match answer {
        Answer::Yes if people => key::REVIEW_SAY_SAME,
        Answer::Yes => key::REVIEW_SAY_YES,
        Answer::No if people => key::REVIEW_SAY_DIFFERENT,
        Answer::No => key::REVIEW_SAY_NO,
        other => return other.id(),
    };
    words.say(key)
}
