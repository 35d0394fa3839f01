//! Why something is believed of a contact, as JSON (`transhume.why/1`).

use serde::Serialize;

use crate::check::Checked;
use crate::graph::region::Regions;
use crate::model::contact::{Reason, Why};
use crate::model::evidence::Origin;
use crate::model::{Channel, Foreign, Grade, Holding, Invited, Moment, Phone, State};

/// Every piece of evidence for a contact, and every reason for its joins.
#[derive(Debug, Serialize)]
pub struct WhyView {
    schema: &'static str,
    id: String,
    name: Option<Foreign>,
    verdicts: Vec<ChannelView>,
    evidence: Vec<EvidenceView>,
    /// What the user told of invitations.
    invited: Vec<Invited>,
    reasons: Vec<ReasonView>,
}

#[derive(Debug, Serialize)]
struct ChannelView {
    channel: Channel,
    state: State,
    grade: Option<Grade>,
    since: Option<Moment>,
    /// When something was last said there.
    last_used: Option<Moment>,
}

#[derive(Debug, Serialize)]
struct EvidenceView {
    channel: Channel,
    holding: Holding,
    grade: Grade,
    identity: Option<String>,
    self_stated: bool,
    origin: Origin,
    asked_by: Option<String>,
    path: Foreign,
    line: Option<u64>,
    at: Option<Moment>,
    /// Whether that is only the day of the source, which does not say since when.
    at_latest: bool,
}

#[derive(Debug, Serialize)]
struct ReasonView {
    why: &'static str,
    on: Foreign,
    /// What a number might be that cannot be placed.
    candidates: Vec<Phone>,
    places: Vec<PlaceView>,
}

#[derive(Debug, Serialize)]
struct PlaceView {
    path: Foreign,
    line: Option<u64>,
}

impl WhyView {
    /// The view of a contact's evidence.
    pub fn new(person: &Checked, regions: &Regions) -> Self {
        Self {
            schema: "transhume.why/1",
            id: person.contact.id.as_str().to_owned(),
            name: person.contact.name.clone(),
            verdicts: Channel::ALL
                .map(|channel| {
                    let verdict = person.verdicts.get(channel);
                    ChannelView {
                        channel,
                        state: verdict.state,
                        grade: verdict.grade,
                        since: verdict.since,
                        last_used: person.contact.used.get(&channel).copied(),
                    }
                })
                .into(),
            evidence: person
                .evidence
                .iter()
                .map(|e| EvidenceView {
                    channel: e.channel,
                    holding: e.holding,
                    grade: e.grade,
                    identity: e.address.as_ref().map(|a| a.as_str().to_owned()),
                    self_stated: e.self_stated,
                    origin: e.origin,
                    asked_by: e.about.as_ref().map(|identity| identity.as_str().to_owned()),
                    path: e.locator.path.clone(),
                    line: e.locator.line,
                    at: e.at,
                    at_latest: e.at_latest,
                })
                .collect(),
            invited: person.contact.invited.clone(),
            reasons: person
                .contact
                .reasons
                .iter()
                .map(|r| ReasonView {
                    why: why_id(r.why),
                    on: r.on.clone(),
                    candidates: candidates(r, regions),
                    places: r
                        .places
                        .iter()
                        .map(|p| PlaceView { path: p.path.clone(), line: p.line })
                        .collect(),
                })
                .collect(),
        }
    }
}

/// What the number of a reason might be, if it cannot be placed.
pub(super) fn candidates(reason: &Reason, regions: &Regions) -> Vec<Phone> {
    match reason.why {
        Why::NeedsRegion | Why::OtherRegion | Why::Damaged | Why::Unclear => {
            regions.candidates(reason.on.raw())
        }
        _ => Vec::new(),
    }
}

/// The stable name of a reason.
pub fn why_id(why: Why) -> &'static str {
    match why {
        Why::SamePhone => "same-phone",
        Why::SameEmail => "same-email",
        Why::SameAccount => "same-account",
        Why::SameCard => "same-card",
        Why::UniqueName => "unique-name",
        Why::LidMap => "lid-map",
        Why::NumberUnknown => "number-unknown",
        Why::SameChat => "same-chat",
        Why::NumberChange => "number-change",
        Why::NumberChangeDoubted => "number-change-doubted",
        Why::AmbiguousName => "ambiguous-name",
        Why::SharedFixedLine => "shared-fixed-line",
        Why::SeveralAccounts => "several-accounts",
        Why::SharedWithinBook => "shared-within-book",
        Why::LinksTwo => "links-two",
        Why::NeedsRegion => "needs-region",
        Why::AssumedRegion => "assumed-region",
        Why::OwnRegion => "own-region",
        Why::Damaged => "damaged",
        Why::OtherRegion => "other-region",
        Why::Unclear => "unclear",
        Why::DecidedSame => "decided-same",
        Why::DecidedApart => "decided-apart",
    }
}
