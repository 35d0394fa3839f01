//! Where somebody stands with an invitation: what the user told of it, and what
//! was seen since. A reminder may go out a week after the last word, twice at most.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::draft::DraftKind;
use crate::check::Checked;
use crate::model::{Became, Channel, Moment};

/// So many days lie between two messages at the least.
const DAYS: i32 = 7;

/// So many reminders there are at the most.
pub const REMINDERS: usize = 2;

/// How far an invite has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Written, and not known to be sent.
    Draft,
    /// The user sent it.
    Sent,
    /// The user reminded them.
    Reminded,
    /// They came.
    Joined,
    /// They would rather not.
    Declined,
    /// The user does not want to ask.
    Never,
}

impl Status {
    /// All of them, in the order in which they come.
    pub const ALL: [Status; 6] =
        [Status::Draft, Status::Sent, Status::Reminded, Status::Joined, Status::Declined, Status::Never];

    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Sent => "sent",
            Status::Reminded => "reminded",
            Status::Joined => "joined",
            Status::Declined => "declined",
            Status::Never => "never",
        }
    }
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far it has got.
    pub status: Status,
    /// Where they were asked to.
    pub channel: Channel,
    /// To come there, or to go on there.
    pub kind: DraftKind,
    /// When they were asked; none if they never were.
    pub asked: Option<Moment>,
    /// When something became of it last: as told, or as seen.
    pub last: Option<Moment>,
    /// How many times they were reminded.
    pub reminders: usize,
}

/// Whether somebody may be reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// Today.
    Now,
    /// From that day on.
    From(Date),
    /// Not any more.
    Never,
}

/// Why something cannot be told of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// They were not asked yet.
    NotAsked,
    /// They were asked on that day.
    Asked(Date),
    /// They came already.
    Joined,
    /// They said no, or the user will not ask them.
    SaidNo,
    /// A reminder is due on that day.
    TooEarly(Date),
    /// They were reminded as often as may be.
    Enough,
}

impl Standing {
    /// Where somebody stands; none if nothing was told of them.
    pub fn of(person: &Checked) -> Option<Standing> {
        let told = &person.contact.invited;
        let last = told.last()?;
        let kind = if last.switch { DraftKind::Switch } else { DraftKind::Invite };
        let asked = told.iter().find(|told| told.became == Became::Sent).map(|told| told.at);
        let reminders = told.iter().filter(|told| told.became == Became::Reminded).count();
        let status = match last.became {
            Became::Sent => Status::Sent,
            Became::Reminded => Status::Reminded,
            Became::Joined => Status::Joined,
            Became::Declined => Status::Declined,
            Became::Never => Status::Never,
        };
        let mut standing =
            Standing { status, channel: last.channel, kind, asked, last: Some(last.at), reminders };
        let open = matches!(status, Status::Sent | Status::Reminded | Status::Declined);
        if asked.is_some_and(|asked| open && came(person, &standing, asked)) {
            standing.status = Status::Joined;
            standing.last = match kind {
                DraftKind::Switch => person.contact.used.get(&standing.channel).copied(),
                _ => person.verdicts.get(standing.channel).since,
            };
        }
        Some(standing)
    }

    /// Whether they may be reminded.
    pub fn reminder(&self, now: Moment) -> Reminder {
        let open = matches!(self.status, Status::Sent | Status::Reminded);
        let Some(last) = self.last.filter(|_| open && self.reminders < REMINDERS) else {
            return Reminder::Never;
        };
        let from = last.date().saturating_add(DAYS.days());
        if from <= now.date() { Reminder::Now } else { Reminder::From(from) }
    }
}

/// Whether they came since they were asked: an account on the channel, or where
/// they had one already, a word there.
fn came(person: &Checked, standing: &Standing, asked: Moment) -> bool {
    match standing.kind {
        DraftKind::Switch => {
            let used = person.contact.used.get(&standing.channel);
            used.is_some_and(|used| used.date() > asked.date())
        }
        _ => person.is_on(standing.channel),
    }
}

/// Whether something may be told of an invitation.
///
/// # Errors
/// Why it may not.
pub fn may_become(standing: Option<&Standing>, became: Became, now: Moment) -> Result<(), Refusal> {
    let status = standing.map_or(Status::Draft, |standing| standing.status);
    match (became, status) {
        (Became::Joined | Became::Declined | Became::Never, _) | (Became::Sent, Status::Draft) => Ok(()),
        (Became::Reminded, Status::Draft) => Err(Refusal::NotAsked),
        (_, Status::Joined) => Err(Refusal::Joined),
        (_, Status::Declined | Status::Never) => Err(Refusal::SaidNo),
        (Became::Sent, _) => {
            let asked = standing.and_then(|standing| standing.asked.or(standing.last)).unwrap_or(now);
            Err(Refusal::Asked(asked.date()))
        }
        (Became::Reminded, _) => match standing.map(|standing| standing.reminder(now)) {
            Some(Reminder::Now) => Ok(()),
            Some(Reminder::From(day)) => Err(Refusal::TooEarly(day)),
            Some(Reminder::Never) | None => Err(Refusal::Enough),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invite::sample::{on, person};
    use crate::model::Invited;

    fn at(day: &str) -> Moment {
        Moment::parse(&format!("{day}T12:00:00Z")).unwrap()
    }

    fn told(became: Became, day: &str) -> Invited {
        Invited { channel: Channel::Signal, switch: false, became, at: at(day) }
    }

    fn standing(told: &[Invited]) -> Option<Standing> {
        let mut person = person("Ada");
        person.contact.invited = told.to_vec();
        Standing::of(&person)
    }

    #[test]
    fn reminders_are_two_and_a_week_apart() {
        use Became::{Reminded, Sent};
        let sent = [told(Sent, "2021-01-01")];
        let early = standing(&sent).unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(early.reminder(at("2021-01-07")), Reminder::From(day("2021-01-08")));
        assert_eq!(
            may_become(Some(&early), Reminded, at("2021-01-07")),
            Err(Refusal::TooEarly(day("2021-01-08")))
        );
        assert_eq!(may_become(Some(&early), Reminded, at("2021-01-08")), Ok(()));
        assert_eq!(may_become(None, Reminded, at("2021-01-08")), Err(Refusal::NotAsked));
        assert_eq!(may_become(Some(&early), Sent, at("2021-02-01")), Err(Refusal::Asked(day("2021-01-01"))));
        let once = [sent[0], told(Reminded, "2021-01-08")];
        let standing_once = standing(&once).unwrap();
        assert_eq!(standing_once.reminder(at("2021-01-14")), Reminder::From(day("2021-01-15")));
        assert_eq!(standing_once.reminder(at("2021-01-15")), Reminder::Now);
        let twice = standing(&[once[0], once[1], told(Reminded, "2021-01-20")]).unwrap();
        assert_eq!(twice.reminder(at("2022-01-01")), Reminder::Never);
        assert_eq!(may_become(Some(&twice), Reminded, at("2022-01-01")), Err(Refusal::Enough));
    }

    #[test]
    fn who_came_is_seen() {
        let mut person = person("Ada");
        person.contact.invited = vec![told(Became::Sent, "2021-01-01")];
        assert_eq!(Standing::of(&person).unwrap().status, Status::Sent);
        on(&mut person, Channel::Matrix);
        assert_eq!(Standing::of(&person).unwrap().status, Status::Sent, "that is elsewhere");
        on(&mut person, Channel::Signal);
        assert_eq!(Standing::of(&person).unwrap().status, Status::Joined);
        person.contact.invited.push(told(Became::Declined, "2021-01-02"));
        assert_eq!(Standing::of(&person).unwrap().status, Status::Joined, "after all");
        person.contact.invited.push(told(Became::Never, "2021-01-03"));
        assert_eq!(Standing::of(&person).unwrap().status, Status::Never);
        assert_eq!(standing(&[]), None);
    }

    #[test]
    fn who_was_there_before_came_when_they_wrote_there() {
        let mut person = person("Ada");
        on(&mut person, Channel::Signal);
        person.contact.invited = vec![Invited { switch: true, ..told(Became::Sent, "2021-01-10") }];
        assert_eq!(Standing::of(&person).unwrap().status, Status::Sent);
        person.contact.used.insert(Channel::Signal, at("2021-01-09"));
        assert_eq!(Standing::of(&person).unwrap().status, Status::Sent);
        person.contact.used.insert(Channel::Signal, at("2021-01-11"));
        let standing = Standing::of(&person).unwrap();
        assert_eq!((standing.status, standing.last), (Status::Joined, Some(at("2021-01-11"))));
    }
}
