//! Where to invite people if the user does not say: where most of them are.

use crate::check::Checked;
use crate::model::finding::SignalAccount;
use crate::model::{Channel, Scope};

use super::reach::{Reach, found_on};

/// The order in which channels are preferred when as many people are on each:
/// the least to install and to learn first.
pub(super) const PREFERRED: [Channel; 3] = [Channel::Signal, Channel::Matrix, Channel::Xmpp];

/// The channel on which most of the circle can be reached already, among
/// those on which the user can be found; none if there is no such channel.
pub fn default_channel(people: &[Checked], reach: &Reach, own: Option<&SignalAccount>) -> Option<Channel> {
    let there = |channel: Channel| {
        people.iter().filter(|p| p.contact.scope == Scope::Circle && p.is_on(channel)).count()
    };
    let mut best = None;
    for channel in PREFERRED {
        if found_on(channel, reach, own).is_err() {
            continue;
        }
        let count = there(channel);
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((channel, count));
        }
    }
    best.map(|(channel, _)| channel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invite::sample::{account, on, person, reach};

    #[test]
    fn where_most_of_the_circle_is() {
        let mut people = vec![person("a"), person("b"), person("c")];
        assert_eq!(default_channel(&people, &reach(), None), Some(Channel::Signal), "ties");
        on(&mut people[0], Channel::Xmpp);
        on(&mut people[1], Channel::Matrix);
        assert_eq!(default_channel(&people, &reach(), None), Some(Channel::Matrix), "ties");
        on(&mut people[2], Channel::Xmpp);
        assert_eq!(default_channel(&people, &reach(), None), Some(Channel::Xmpp));
        people[0].contact.scope = Scope::GroupOnly;
        people[2].contact.scope = Scope::AddressBookOnly;
        assert_eq!(default_channel(&people, &reach(), None), Some(Channel::Matrix), "only the circle counts");
    }

    #[test]
    fn only_where_the_user_can_be_found() {
        let mut people = vec![person("a")];
        on(&mut people[0], Channel::Matrix);
        assert_eq!(default_channel(&people, &Reach::default(), None), Some(Channel::Signal));
        let hidden = account(true, None);
        assert_eq!(default_channel(&people, &Reach::default(), Some(&hidden)), None);
        assert_eq!(default_channel(&people, &reach(), Some(&hidden)), Some(Channel::Matrix));
    }
}
