//! Reading Signal Desktop's database: the key is found, the pages are opened in
//! memory, and what is in them becomes a finding.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::model::finding::SignalExport;
use crate::model::{Code, Finding, Kind, Moment, Problem};
use crate::read::signal::desktop::pages::{PAGE, SALT};
use crate::read::signal::desktop::{self, Config, DatabaseKey, LockedPages, Sealed, Vault, config};
use crate::read::whatsapp::db::MAGIC;
use crate::read::{Reading, Tally, decode, wal};
use crate::workspace::databases::{MEMORY_CAP, Opened, Trouble};
use crate::workspace::inputs::{Item, Stopped};
use crate::workspace::meter::{Meter, is_stop};

use super::{Profile, keyring};

/// So many first pages are tried before a key is said to be wrong: a damaged one
/// alone says nothing of the key.
const TRIED: u32 = 16;
/// So often the database is read again when Signal Desktop wrote to it meanwhile.
const TRIES: usize = 3;

/// What is asked of somebody else than the folder, before it is.
pub type Asked<'a> = &'a dyn Fn(Vault);

/// Reads the database of a Signal Desktop with its key, or with the one that lies
/// in the folder. What is in it is of the day on which it was last written, of
/// `now` at the latest.
///
/// # Errors
/// [`Stopped`] if the user asked to stop.
pub fn read(
    profile: &Profile,
    key: Option<&DatabaseKey>,
    asked: Asked<'_>,
    now: Moment,
    meter: &Meter,
) -> Result<Item, Stopped> {
    let path = profile.database().to_string_lossy().into_owned();
    let mut problems = Vec::new();
    let (reading, hash) = match found(profile, key, asked, meter, &mut problems) {
        Ok(Found { mut export, tally, hash }) => {
            // A clock that goes wrong is no reason to know nothing.
            export.at = Some(export.at.map_or(now, |at| if at.is_surely_after(now) { now } else { at }));
            ((Some(Finding::Signal(export.into())), tally), Some(hash))
        }
        Err(Trouble::Stopped) => return Err(Stopped),
        Err(Trouble::Problem(mut problem)) => {
            // What to do about it is not what helps with WhatsApp's databases.
            problem.code = match problem.code {
                Code::DatabaseDamaged => Code::SignalDesktopDamaged,
                Code::DatabaseTooLarge => Code::SignalDesktopTooLarge,
                other => other,
            };
            problems.push(problem);
            ((None, Tally::default()), None)
        }
    };
    let problems = problems
        .into_iter()
        .map(|problem| if problem.path.is_none() { problem.in_file(&path) } else { problem })
        .collect();
    let reading = Reading { finding: reading.0, tally: reading.1, problems };
    Ok(Item::elsewhere(path, Kind::SignalDesktop, reading, hash))
}

struct Found {
    export: SignalExport,
    tally: Tally,
    hash: Vec<u8>,
}

fn found(
    profile: &Profile,
    key: Option<&DatabaseKey>,
    asked: Asked<'_>,
    meter: &Meter,
    problems: &mut Vec<Problem>,
) -> Result<Found, Trouble> {
    let missing = |what: &str| Trouble::Problem(Problem::new(Code::SignalDesktopMissing).quoting(what));
    if !profile.database().is_file() {
        return Err(missing("sql/db.sqlite"));
    }
    let config = match key {
        Some(_) => Config::default(),
        None if !profile.config().is_file() => return Err(missing("config.json")),
        None => settings(&profile.config())?,
    };
    let (given, mut unsealed) = (key.or(config.key.as_ref()), None);
    for _ in 0..TRIES {
        let state = State::of(profile)?;
        let (at, log) = (state.at(profile), log_of(profile, meter)?);
        // An older key can stand beside the sealed one, and be of no use any more.
        let key = match (given, &unsealed) {
            (_, Some(key)) => key,
            (Some(key), None) if config.sealed.is_none() || State::opens_with(key, profile, &log, meter)? => {
                key
            }
            // Nobody is asked for a password twice.
            _ => unsealed.insert(unseal(config.sealed.as_ref(), &profile.config(), asked, meter)?),
        };
        let (opened, pages, hash) = state.open(key, profile, &log, meter)?;
        if State::of(profile)? != state {
            continue;
        }
        problems.extend(opened.problems.iter().cloned());
        let (first, count) = pages.damaged();
        if count > 0 {
            let mut numbers = first.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            if count > first.len() as u64 {
                numbers.push_str(", …");
            }
            problems.push(Problem::new(Code::SignalDesktopPages).counted(count).quoting(numbers));
        }
        let read = desktop::read(opened.connection(), problems);
        let (mut export, tally) = read.map_err(|fault| opened.trouble(fault))?;
        export.at = at;
        return Ok(Found { export, tally, hash });
    }
    Err(Trouble::Problem(Problem::new(Code::SignalDesktopBusy)))
}

/// Reads the settings.
fn settings(path: &Path) -> Result<Config, Trouble> {
    let bytes = untouched(path).and_then(|mut file| decode::read_up_to(&mut file, config::LONGEST));
    let bytes = zeroize::Zeroizing::new(bytes.map_err(|error| unreadable(&error, path))?);
    let config = Config::parse(&bytes).filter(|config| config.key.is_some() || config.sealed.is_some());
    config.ok_or_else(|| in_file(Problem::new(Code::SignalDesktopConfig), path))
}

/// Opens the sealed key.
fn unseal(
    sealed: Option<&Sealed>,
    path: &Path,
    asked: Asked<'_>,
    meter: &Meter,
) -> Result<DatabaseKey, Trouble> {
    let none = |code| in_file(Problem::new(code), path);
    match sealed {
        Some(Sealed::Openly(blob)) => blob.open().ok_or_else(|| none(Code::SignalDesktopConfig)),
        Some(Sealed::Kept(vault, blob)) => {
            asked(*vault);
            let password = keyring::password(*vault, meter)?;
            blob.open_with(*vault, &password).ok_or_else(|| none(Code::SignalDesktopPassword))
        }
        Some(Sealed::ByWindows) => Err(none(Code::SignalDesktopWindows)),
        Some(Sealed::Strangely(how)) => {
            Err(in_file(Problem::new(Code::SignalDesktopSeal).quoting(how.as_str()), path))
        }
        None => Err(Trouble::Problem(Problem::new(Code::SignalDesktopWrongKey))),
    }
}

/// The log, as it is now.
fn log_of(profile: &Profile, meter: &Meter) -> Result<Vec<u8>, Trouble> {
    let path = profile.log();
    match untouched(&path) {
        Ok(file) => whole(file, meter).map_err(|error| trouble(&error, &path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(unreadable(&error, &path)),
    }
}

fn whole(file: File, meter: &Meter) -> io::Result<Vec<u8>> {
    let size = file.metadata()?.len();
    if size > MEMORY_CAP {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    meter.watch(file).take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The size and time of the database: what is read in between belongs together
/// as long as these do not change. The log may grow meanwhile: what it had stays.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    size: u64,
    time: Option<SystemTime>,
}

impl State {
    fn of(profile: &Profile) -> Result<State, Trouble> {
        let path = profile.database();
        let meta = std::fs::metadata(&path).map_err(|error| unreadable(&error, &path))?;
        Ok(State { size: meta.len(), time: meta.modified().ok() })
    }

    /// When Signal Desktop last wrote anything.
    fn at(&self, profile: &Profile) -> Option<Moment> {
        let log = std::fs::metadata(profile.log()).ok().filter(|meta| meta.len() > 0);
        let newest = self.time.max(log.and_then(|meta| meta.modified().ok()))?;
        let since = newest.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Moment::from_millis(i64::try_from(since.as_secs()).ok()?.checked_mul(1000)?)
    }

    /// The database, from its first byte.
    fn file(profile: &Profile, meter: &Meter) -> Result<impl Read + use<>, Trouble> {
        let path = profile.database();
        untouched(&path).map(|file| meter.watch(file)).map_err(|error| unreadable(&error, &path))
    }

    /// Whether a key opens any of the first pages, in the file or in the log.
    fn opens_with(key: &DatabaseKey, profile: &Profile, log: &[u8], meter: &Meter) -> Result<bool, Trouble> {
        let mut head = Vec::new();
        let length = PAGE as u64 * u64::from(TRIED);
        let read = Self::file(profile, meter)?.take(length).read_to_end(&mut head);
        read.map_err(|error| trouble(&error, &profile.database()))?;
        let committed = wal::read(log).unwrap_or_default();
        let first = committed.page(1, log).unwrap_or(&head);
        let Some(salt) = first.first_chunk::<SALT>() else { return Ok(false) };
        let pages = LockedPages::new(key, salt);
        let in_file = head.chunks(PAGE).zip(1..);
        let in_log = (1..=TRIED).filter_map(|number| Some((committed.page(number, log)?, number)));
        Ok(in_file.chain(in_log).any(|(page, number)| pages.fits(number, page)))
    }

    /// Opens the database, and tells the hash of what was read.
    fn open(
        &self,
        key: &DatabaseKey,
        profile: &Profile,
        log: &[u8],
        meter: &Meter,
    ) -> Result<(Opened, LockedPages, Vec<u8>), Trouble> {
        if self.size == 0 && log.is_empty() {
            return Err(Trouble::Problem(Problem::new(Code::EmptyFile)));
        }
        if !Self::opens_with(key, profile, log, meter)? {
            return Err(Trouble::Problem(Problem::new(Code::SignalDesktopWrongKey)));
        }
        let mut salt = [0; SALT];
        let mut file = Self::file(profile, meter)?;
        let got = decode::read_up_to(&mut file, SALT).map_err(|e| trouble(&e, &profile.database()))?;
        let committed = wal::read(log).unwrap_or_default();
        let salted = committed.page(1, log).and_then(<[u8]>::first_chunk).or(got.first_chunk());
        salt.copy_from_slice(salted.unwrap_or(MAGIC));
        let mut pages = LockedPages::new(key, &salt);
        let mut bytes = Hashing { bytes: got.as_slice().chain(file), hasher: Sha256::new() };
        let log_given = Some(log).filter(|log| !log.is_empty());
        let opened = Opened::pages(&mut bytes, self.size, log_given, &mut pages, meter);
        if pages.damaged().0.first() == Some(&1) {
            // Without its first page nothing can be read, and SQLite would only say so.
            return Err(Trouble::Problem(
                Problem::new(Code::SignalDesktopPages).counted(pages.damaged().1).quoting("1"),
            ));
        }
        let opened = opened?;
        let mut hasher = bytes.hasher;
        hasher.update(log);
        Ok((opened, pages, hasher.finalize().to_vec()))
    }
}

/// Hashes what is read.
struct Hashing<R> {
    bytes: R,
    hasher: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let got = self.bytes.read(out)?;
        self.hasher.update(&out[..got]);
        Ok(got)
    }
}

/// Opens a file to read it, and leaves the time of the last access as it is where
/// the system knows how and the file is the user's own.
fn untouched(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let quiet = rustix::fs::OFlags::NOATIME.bits().cast_signed();
        if let Ok(file) = options.clone().custom_flags(quiet).open(path) {
            return Ok(file);
        }
    }
    options.open(path)
}

fn trouble(error: &io::Error, path: &Path) -> Trouble {
    match error.kind() {
        _ if is_stop(error) => Trouble::Stopped,
        io::ErrorKind::FileTooLarge => in_file(Problem::new(Code::DatabaseTooLarge), path),
        _ => unreadable(error, path),
    }
}

fn unreadable(error: &io::Error, path: &Path) -> Trouble {
    in_file(Problem::new(Code::Unreadable).quoting(error.to_string()), path)
}

fn in_file(problem: Problem, path: &Path) -> Trouble {
    Trouble::Problem(problem.in_file(&path.to_string_lossy()))
}
