//! Everything that is known becomes a view, and a view becomes text.
//!
//! Nothing here touches the world: what is written goes to a `Write` that the
//! caller hands over. Text from outside passes through [`escape`] first.

pub mod escape;
