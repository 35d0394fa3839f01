//! The terminal while something is typed that nobody else should read: it shows
//! nothing then, and whatever ends the program must not leave it like that.
//!
//! Whoever reads the answer puts the terminal right again once it is there. A
//! process that is told to end in between never comes to that, so it is done
//! here, also when the terminal's window is closed on other programs in it
//! (SIGHUP), which otherwise ends a process at once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

#[cfg(not(unix))]
pub use elsewhere::Echo;
#[cfg(unix)]
pub use on_unix::Echo;

#[cfg(unix)]
mod on_unix {
    use super::{Arc, AtomicBool};
    use std::fs::File;
    use std::sync::atomic::Ordering;
    use std::sync::{LazyLock, Once};

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
    use signal_hook::consts::SIGHUP;
    use signal_hook::flag;

    /// Whether nobody is asked anything secret, so that SIGHUP means what it
    /// always does.
    static SHOWN: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));

    /// The terminal as it was.
    pub struct Echo(Option<(File, Termios)>);

    impl Echo {
        /// Remembers how the terminal is; SIGHUP sets `stop` as long as this
        /// lives.
        pub fn hidden(stop: &Arc<AtomicBool>) -> Echo {
            static LISTENS: Once = Once::new();
            SHOWN.store(false, Ordering::SeqCst);
            LISTENS.call_once(|| {
                // Without them it is as if there was no signal: that is no reason
                // not to ask.
                let _ = flag::register_conditional_default(SIGHUP, Arc::clone(&SHOWN));
                let _ = flag::register(SIGHUP, Arc::clone(stop));
            });
            let terminal = File::open("/dev/tty").ok();
            Echo(terminal.and_then(|terminal| tcgetattr(&terminal).ok().map(|was| (terminal, was))))
        }
    }

    impl Drop for Echo {
        fn drop(&mut self) {
            SHOWN.store(true, Ordering::SeqCst);
            if let Some((terminal, was)) = &self.0 {
                let _ = tcsetattr(terminal, OptionalActions::Now, was);
            }
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use super::{Arc, AtomicBool};

    /// The console, which is put right by whoever reads from it.
    pub struct Echo;

    impl Echo {
        /// Nothing has to be remembered.
        pub fn hidden(_: &Arc<AtomicBool>) -> Echo {
            Echo
        }
    }
}
