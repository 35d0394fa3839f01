//! What an identity server answered about one identity, as it is kept. The
//! evidence is worked out from these each time, as contacts are from findings:
//! who holds the identity may change with the next import.

use super::foreign::Foreign;
use super::identity::Mxid;
use super::moment::Moment;
use super::threepid::ThreePid;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who was asked: host, and port if it is not the usual one.
    pub host: Foreign,
    /// When.
    pub at: Moment,
    /// About which identity.
    pub asked: ThreePid,
    /// The account; none if the server knows of none.
    pub mxid: Option<Mxid>,
}
