//! `transhume homeserver init`: says that the name is for ever, asks once, and writes
//! the folder of a server; or says what stands there already and what differs.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::homeserver::folder::{self, Draft, State, There};
use crate::homeserver::home::{Database, Home};
use crate::homeserver::name::{DomainName, NotName};
use crate::homeserver::secrets::Secrets;
use crate::homeserver::view::{FileView, InitView};
use crate::homeserver::{files, folder::compare};
use crate::model::Foreign;
use crate::words::{Key, escape, key};

use crate::cli::args::InitArguments;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::prompt;

use super::database::Wanted;

/// Writes the folder of a server.
///
/// # Errors
/// A name that cannot be one; a folder that holds something else; nobody agreed.
pub fn run(context: &Context, typed: &InitArguments) -> Result<Exit, Failure> {
    let name = DomainName::parse(&typed.name).map_err(|why| not_a_name(&typed.name, &why))?;
    let wanted = Wanted::resolve(
        context,
        typed.existing_postgres.as_ref(),
        typed.dsn_file.as_ref(),
        typed.ca_file.as_ref(),
    )?;
    let dir = typed.dir.clone().unwrap_or_else(|| PathBuf::from(format!("matrix-{}", name.as_str())));
    match folder::look(&dir).map_err(|error| io(&dir, &error))? {
        There::Other => Err(taken(&dir)),
        There::Home(home) if home.server_name != name.as_str() => {
            Err(Failure::new(Exit::Usage, key::ERROR_HOMESERVER_OTHER_NAME)
                .about(dir.display().to_string())
                .with("there", home.server_name.as_str())
                .with("name", name.as_str()))
        }
        There::Home(home) => tell_what_is_there(context, &dir, &home),
        // It is put there whole, in the place of the empty one: whoever stands in that
        // would be nowhere.
        There::Nothing if is_here(&dir) => Err(Failure::new(Exit::Usage, key::ERROR_HOMESERVER_HERE)
            .about(dir.display().to_string())
            .with("name", name.as_str())),
        There::Nothing => {
            warn(context, typed, &name);
            let database = wanted.as_ref().map(|wanted| wanted.database(name.as_str())).unwrap_or_default();
            if let Some(wanted) = &wanted {
                context.printer.complain(&wanted.disclosure(context, &database));
            }
            agree(context, typed, &name)?;
            let (home, dir, written) = write(context, typed, &name, &dir, database, wanted.as_ref())?;
            tell(context, &home, &dir, &written)?;
            Ok(Exit::Done)
        }
    }
}

/// Says what cannot be undone afterwards.
fn warn(context: &Context, typed: &InitArguments, name: &DomainName) {
    let words = &context.words;
    let shown = [("name", name.as_str().into())];
    context.printer.complain(&words.say_with(key::HOMESERVER_FOR_EVER, &shown));
    if name.unicode().is_some() {
        let typed = escape::terminal_uncut(&Foreign::from(typed.name.trim()));
        let values = [("typed", (&typed).into()), ("name", name.as_str().into())];
        context.printer.complain(&words.say_with(key::HOMESERVER_WRITTEN_AS, &values));
    }
    if let Some(meant) = name.domain_meant() {
        let values = [("meant", meant.into()), ("name", name.as_str().into())];
        context.printer.complain(&words.say_with(key::HOMESERVER_DOMAIN_MEANT, &values));
    }
}

fn agree(context: &Context, typed: &InitArguments, name: &DomainName) -> Result<(), Failure> {
    if typed.yes {
        return Ok(());
    }
    let is_asked_for = typed.existing_postgres.is_some() || typed.dsn_file.is_some();
    let question = if is_asked_for { key::HOMESERVER_KEEP_NAME_DATABASE } else { key::HOMESERVER_KEEP_NAME };
    let question = context.words.say_with(question, &[("name", name.as_str().into())]);
    if context.may_ask && prompt::says_yes(context, &question)? {
        return Ok(());
    }
    Err(Failure::new(Exit::Refused, key::ERROR_HOMESERVER_REFUSED))
}

fn write(
    context: &Context,
    typed: &InitArguments,
    name: &DomainName,
    dir: &Path,
    database: Database,
    wanted: Option<&Wanted>,
) -> Result<(Home, PathBuf, Vec<FileView>), Failure> {
    let failed = |error: &std::io::Error| io(dir, error);
    let no_chance =
        |error: getrandom::Error| Failure::new(Exit::Internal, key::ERROR_INTERNAL).about(error.to_string());
    let secrets = Secrets::roll().map_err(no_chance)?;
    let draft = Draft::begin(dir).map_err(|error| failed(&error))?;
    let owner = draft.owner().map_err(|error| failed(&error))?;
    let language = context.words.language();
    let home = Home::new(name.as_str(), language, typed.address.clone(), owner, database);
    let files = files::all(&home, &secrets)?;
    draft.fill(&files, owner).map_err(|error| failed(&error))?;
    // All that can go wrong here has gone well: only then is anything made elsewhere.
    let made = wanted.map(|wanted| wanted.make(context, &home.database, &secrets.database)).transpose()?;
    let place = draft.finish().map_err(|error| {
        if let Some(made) = &made {
            made.take_back();
        }
        match error.kind() {
            ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists | ErrorKind::NotADirectory => taken(dir),
            _ => failed(&error),
        }
    })?;
    Ok((home, place, files.iter().map(|file| FileView::new(file, State::Written)).collect()))
}

fn tell(context: &Context, home: &Home, dir: &Path, written: &[FileView]) -> Result<(), Failure> {
    if context.printer.json {
        return Ok(context.printer.json(&InitView::new(home, dir, written))?);
    }
    let words = &context.words;
    let shown = escape::terminal_uncut(&Foreign::new(dir.display().to_string()));
    let values = [("name", home.server_name.as_str().into()), ("dir", (&shown).into())];
    if home.database.existing {
        let values = [("database", home.database.name.as_str().into())];
        context.printer.note(&words.say_with(key::HOMESERVER_DATABASE_MADE, &values));
    }
    let mut lines = vec![words.say_with(key::HOMESERVER_DONE, &values)];
    lines.extend(written.iter().map(|file| format!("  {}", file.path)));
    context.printer.data(&lines.join("\n"))?;
    context.printer.note(&words.say_with(key::HOMESERVER_NEXT, &values));
    Ok(())
}

/// Called again: nothing is written, and whatever is no longer as it was is said.
fn tell_what_is_there(context: &Context, dir: &Path, home: &Home) -> Result<Exit, Failure> {
    let dir = std::fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let files = files::all(home, &Secrets::of_folder(&dir))?;
    let states = compare(&dir, &files);
    let found: Vec<FileView> =
        files.iter().zip(&states).map(|(file, state)| FileView::new(file, *state)).collect();
    let same = states.iter().all(|state| *state == State::Same);
    let exit = if same { Exit::Done } else { Exit::Partial };
    if context.printer.json {
        context.printer.json(&InitView::new(home, &dir, &found))?;
        return Ok(exit);
    }
    let words = &context.words;
    let shown = escape::terminal_uncut(&Foreign::new(dir.display().to_string()));
    let name = escape::terminal_uncut(&Foreign::from(home.server_name.as_str()));
    let values = [("name", (&name).into()), ("dir", (&shown).into())];
    let mut lines = vec![words.say_with(key::HOMESERVER_THERE, &values)];
    lines.extend(found.iter().map(|file| format!("  {}: {}", file.path, words.say(state_key(file.state)))));
    context.printer.data(&lines.join("\n"))?;
    if !same {
        context.printer.note(&words.say(key::HOMESERVER_DIFFERS));
    }
    Ok(exit)
}

fn state_key(state: State) -> Key {
    match state {
        State::Written => key::HOMESERVER_STATE_WRITTEN,
        State::Same => key::HOMESERVER_STATE_SAME,
        State::Differs => key::HOMESERVER_STATE_DIFFERS,
        State::Open => key::HOMESERVER_STATE_OPEN,
        State::Missing => key::HOMESERVER_STATE_MISSING,
    }
}

fn not_a_name(typed: &str, why: &NotName) -> Failure {
    let key = match why {
        NotName::Url(_) => key::ERROR_HOMESERVER_NAME_URL,
        NotName::Account(_) => key::ERROR_HOMESERVER_NAME_ACCOUNT,
        NotName::Port(_) => key::ERROR_HOMESERVER_NAME_PORT,
        NotName::Address => key::ERROR_HOMESERVER_NAME_ADDRESS,
        NotName::TrailingDot(_) => key::ERROR_HOMESERVER_NAME_DOT,
        NotName::OneWord => key::ERROR_HOMESERVER_NAME_WORD,
        NotName::TooLong => key::ERROR_HOMESERVER_NAME_LONG,
        NotName::Nonsense => key::ERROR_HOMESERVER_NAME,
    };
    Failure::new(Exit::Usage, key).about(crate::check::place::masked(typed.trim()))
}

fn is_here(dir: &Path) -> bool {
    let there = std::fs::canonicalize(dir).ok();
    there.is_some() && there == std::env::current_dir().and_then(std::fs::canonicalize).ok()
}

fn taken(dir: &Path) -> Failure {
    Failure::new(Exit::Usage, key::ERROR_HOMESERVER_TAKEN).about(dir.display().to_string())
}

fn io(dir: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Internal, key::ERROR_IO).about(format!("{}: {error}", dir.display()))
}
