//! What comes next, for every rendering of the report that tells it: the plan, and
//! the command to type.

use super::plan::Subject;
use super::status::Step;
use crate::plan::Plan;

/// What comes next.
#[derive(Clone)]
pub struct Ahead<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What it speaks of.
    pub subject: Subject<'a>,
    /// What to do next; none where somebody else reads it.
    pub step: Option<Step>,
}
