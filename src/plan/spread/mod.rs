//! How a move spreads, and in which order to invite so that it spreads far.
//!
//! Nobody can know whether people follow the first friend or want company
//! first. So three processes are played on the user's own graph ([`process`]),
//! several strategies make an order each ([`candidates`]), all orders are judged
//! under all three ([`judge`]), and the one that loses least in the worst of them
//! is taken ([`order()`]). All dice are seeded: the same graph gives the same order.

pub mod candidates;
pub mod dice;
pub mod effort;
#[cfg(test)]
mod evaluation_tests;
pub mod judge;
pub mod order;
pub mod process;
pub mod reverse;
#[cfg(test)]
mod tests;
pub mod ties;

pub use effort::Effort;
pub use order::{Order, Wish, order};
pub use process::{Given, Play, Regime, World};
pub use ties::{Knot, Person, Standing, Ties};
