//! A run: one time that something was learnt.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::channel::{Channel, PerChannel};
use super::contact::ContactId;
use super::moment::Moment;

/// One `migrate`, `import` or `check`, with what was known at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its number in this workspace, rising; `None` for a point in the past
    /// that was worked out from dated evidence.
    pub id: Option<i64>,
    /// When it was, in UTC.
    pub at: Moment,
    /// Which command made it.
    pub command: String,
    /// What was known.
    pub snapshot: Snapshot,
}

/// What was known at the end of a run: enough to compare it with another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Every contact that there was, excluded ones left out.
    pub contacts: BTreeSet<ContactId>,
    /// Those of the counted scope that could be reached, and where.
    pub reachable: BTreeMap<ContactId, BTreeSet<Channel>>,
}

impl Snapshot {
    /// How many could be reached: by any channel, and by each.
    pub fn counts(&self) -> Counts {
        let on = |channel| self.reachable.values().filter(|c| c.contains(&channel)).count();
        Counts { any: self.reachable.len(), on: PerChannel::from_fn(on) }
    }
}

/// How many contacts can be reached, by any channel and by each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By at least one channel.
    pub any: usize,
    /// By each.
    pub on: PerChannel<usize>,
}

impl Serialize for Counts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Counts", 4)?;
        out.serialize_field("any", &self.any)?;
        out.serialize_field("matrix", &self.on.matrix)?;
        out.serialize_field("signal", &self.on.signal)?;
        out.serialize_field("xmpp", &self.on.xmpp)?;
        out.end()
    }
}
