//! `import --signal-desktop [DIR]`: the database of Signal Desktop. What is about
//! to be opened is said before it is.

use std::path::PathBuf;

use crate::read::signal::desktop::{DatabaseKey, Vault};
use crate::report::terminal;
use crate::words::{Value, escape, key};
use crate::workspace::inputs::{Item, Stopped};
use crate::workspace::signal_desktop::{self, Profile, keyring_line};

use super::args::DesktopArguments;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::progress::Progress;
use super::secrets;

/// A Signal Desktop that is to be read.
pub struct Desktop {
    profile: Profile,
    key: Option<DatabaseKey>,
    key_file: Option<PathBuf>,
}

impl Desktop {
    /// Works out which one is meant; none if it was not asked for.
    ///
    /// # Errors
    /// There is none in the usual places, or there are several; a file that holds
    /// no key.
    pub fn resolve(typed: &DesktopArguments) -> Result<Option<Desktop>, Failure> {
        let Some(folder) = &typed.signal_desktop else { return Ok(None) };
        let key = typed.signal_key_file.as_deref().map(secrets::signal_key).transpose()?;
        let profile = match folder {
            Some(folder) => Profile::at(folder.clone()),
            None => usual()?,
        };
        Ok(Some(Desktop { profile, key, key_file: typed.signal_key_file.clone() }))
    }

    /// Says what is about to be opened, and reads it.
    ///
    /// # Errors
    /// The user asked to stop.
    pub fn read(&self, context: &Context) -> Result<Item, Stopped> {
        context.printer.complain(&self.disclosure(context));
        let message = context.words.say(key::PROGRESS_READING);
        let size = |path: PathBuf| std::fs::metadata(path).map_or(0, |meta| meta.len());
        let total = size(self.profile.database()) + size(self.profile.log());
        let progress = Progress::follow(&context.meter, total, message, &context.printer);
        let asked = |vault: Vault| {
            let line = keyring_line(vault);
            let line = escape::terminal_uncut(&line.as_str().into());
            let text = context.words.say_with(key::DESKTOP_KEYRING, &[("command", Value::Shown(&line))]);
            progress.aside(|| context.printer.complain(&text));
        };
        signal_desktop::read(&self.profile, self.key.as_ref(), &asked, context.now, &context.meter)
    }

    /// What is about to be opened, in sentences.
    fn disclosure(&self, context: &Context) -> String {
        let words = &context.words;
        let mut lines = vec![words.say(key::DESKTOP_ABOUT)];
        let config = if self.key.is_none() { Some(self.profile.config()) } else { self.key_file.clone() };
        for path in config.into_iter().chain([self.profile.database(), self.profile.log()]) {
            let path = escape::terminal_uncut(&path.to_string_lossy().as_ref().into());
            lines.push(words.say_with(key::DESKTOP_PATH, &[("path", Value::Shown(&path))]));
        }
        lines.push(words.say(key::DESKTOP_TAKES));
        terminal::paragraphs(&lines, context.printer.style()).trim_end().to_owned()
    }
}

/// The one in the usual places.
fn usual() -> Result<Profile, Failure> {
    let listed = |folders: Vec<PathBuf>| {
        folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
    };
    let mut found = Profile::usual();
    match (found.pop(), found.is_empty()) {
        (Some(profile), true) => Ok(profile),
        (Some(last), false) => {
            let all = found.iter().chain([&last]).map(|profile| profile.folder().to_owned());
            Err(Failure::new(Exit::Usage, key::ERROR_DESKTOP_SEVERAL).about(listed(all.collect())))
        }
        (None, _) => {
            let places = listed(signal_desktop::places());
            Err(Failure::new(Exit::NoInput, key::ERROR_DESKTOP_NONE).about(places))
        }
    }
}
