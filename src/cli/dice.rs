//! Random ids, many at a time: asking the system for each would take longer
//! than all that is worked out about somebody.

use crate::model::ContactId;
use crate::words::key;

use super::exit::Exit;
use super::failure::Failure;

/// How many bytes an id takes.
const ID: usize = 8;
/// How many bytes the system is asked for at once.
const POOL: usize = 512 * ID;

/// Gives out ids that nobody can guess. The system is asked only when one is
/// wanted.
#[derive(Default)]
pub struct Dice {
    pool: Vec<u8>,
    broken: Option<getrandom::Error>,
}

impl Dice {
    /// An id that nobody has. If the system had nothing to give, it is worth
    /// nothing, and [`Dice::sound`] says so.
    pub fn roll(&mut self) -> ContactId {
        if self.pool.is_empty() {
            self.pool.resize(POOL, 0);
            if let Err(error) = getrandom::fill(&mut self.pool) {
                self.broken = Some(error);
            }
        }
        let rest = self.pool.len().saturating_sub(ID);
        let mut id = [0; ID];
        id.copy_from_slice(&self.pool[rest..]);
        self.pool.truncate(rest);
        ContactId::from_random(id)
    }

    /// Whether all ids so far can be used.
    ///
    /// # Errors
    /// The system's random generator failed, which is the system's end.
    pub fn sound(&self) -> Result<(), Failure> {
        match &self.broken {
            Some(error) => Err(Failure::new(Exit::Internal, key::ERROR_INTERNAL).about(error.to_string())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_id_comes_twice_however_often_the_system_is_asked() {
        let mut dice = Dice::default();
        let ids: BTreeSet<String> = (0..3 * POOL / ID).map(|_| dice.roll().as_str().to_owned()).collect();
        assert_eq!(ids.len(), 3 * POOL / ID);
        assert!(ids.iter().all(|id| id.len() == 2 * ID && id.bytes().all(|b| b.is_ascii_hexdigit())));
        assert!(dice.sound().is_ok());
    }
}
