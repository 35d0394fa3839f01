//! From what was typed to what it means: flags over environment over settings
//! over defaults, worked out once before anything is done.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::graph::Decisions;
use crate::invite::reach::Reach;
use crate::model::finding::{DateOrder, SignalAccount};
use crate::model::identity::{Jid, Mxid};
use crate::model::phone::RegionCode;
use crate::model::{Foreign, Moment, Phone};
use crate::read::whatsapp::chat;
use crate::report::scope::Count;
use crate::words::{Language, Words, key};
use crate::workspace::meter::Meter;
use crate::workspace::settings::{Typed, remember_signal};
use crate::workspace::{Folder, Settings, clock};

use super::args::{Common, CountArgument, DateOrderArgument, Lang};
use super::exit::Exit;
use super::failure::Failure;
use super::printer::Printer;
use super::secrets::Secrets;

/// Everything that a command needs to know.
pub struct Context {
    /// The language to speak.
    pub words: Words,
    /// Where to say it.
    pub printer: Printer,
    /// The workspace's folder.
    pub folder: Folder,
    /// Where outputs go.
    pub out: PathBuf,
    /// The settings that last.
    pub settings: Settings,
    /// The region of numbers without a country code, if the user said it.
    pub region: Option<RegionCode>,
    /// The user's own names and numbers.
    pub me: Vec<Foreign>,
    /// Whom to count.
    pub count: Count,
    /// The date order to use where nothing else tells.
    pub date_order: Option<DateOrder>,
    /// The time of this run.
    pub now: Moment,
    /// What opens inputs that are locked.
    pub secrets: Secrets,
    /// Counts bytes, and stops when asked to.
    pub meter: Meter,
    /// Whether somebody is there who can be asked.
    pub may_ask: bool,
    /// Whether nothing may wait for a person, not in a browser either.
    pub no_input: bool,
    /// What was typed and is to last.
    typed: Typed,
}

/// The language to speak: as typed, else as the system says.
pub fn language(common: Option<&Common>) -> Language {
    match common.and_then(|c| c.lang) {
        Some(Lang::En) => Language::En,
        Some(Lang::Fr) => Language::Fr,
        None => {
            let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
            let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
            Language::from_locale(&locale.unwrap_or_default())
        }
    }
}

/// The region that was typed, in capitals.
fn code_typed(common: &Common) -> Option<String> {
    common.region.as_ref().map(|code| code.trim().to_ascii_uppercase())
}

impl Context {
    /// Works out what was meant.
    ///
    /// # Errors
    /// A region that there is none of, settings that cannot be understood.
    pub fn resolve(common: &Common, stop: Arc<AtomicBool>) -> Result<Context, Failure> {
        let folder = Folder::resolve(common.workspace.clone())?;
        let settings = Settings::load(&folder)?;
        let code = common.region.as_ref().or(settings.region.as_ref());
        let region = match code {
            Some(code) => {
                let bad = || Failure::new(Exit::Usage, key::ERROR_REGION).about(code);
                Some(RegionCode::parse(code).ok_or_else(bad)?)
            }
            None => None,
        };
        let me = if common.me.is_empty() { &settings.me } else { &common.me };
        let me: Vec<Foreign> = me.iter().map(Foreign::new).collect();
        let count = common.count.map(|count| match count {
            CountArgument::Circle => Count::Circle,
            CountArgument::Saved => Count::Saved,
            CountArgument::All => Count::All,
        });
        Ok(Context {
            words: Words::new(language(Some(common))),
            printer: Printer::new(common),
            out: folder.outputs(common.out.clone()),
            folder,
            region,
            me,
            count: count.or(settings.count).unwrap_or_default(),
            date_order: common.date_order.map(|order| match order {
                DateOrderArgument::Dmy => DateOrder::Dmy,
                DateOrderArgument::Mdy => DateOrder::Mdy,
                DateOrderArgument::Ymd => DateOrder::Ymd,
            }),
            settings,
            now: clock::now().ok_or_else(|| Failure::new(Exit::Usage, key::ERROR_CLOCK))?,
            secrets: Secrets::default(),
            meter: Meter::new(stop),
            no_input: common.no_input,
            may_ask: !common.no_input && io::stdin().is_terminal() && io::stderr().is_terminal(),
            typed: Typed { me: common.me.clone(), region: code_typed(common), count, ..Typed::default() },
        })
    }

    /// Keeps what was typed and is to last, so that later commands agree.
    ///
    /// # Errors
    /// The settings cannot be written.
    pub fn remember(&self) -> Result<(), Failure> {
        Ok(self.typed.remember(&self.folder)?)
    }

    /// Keeps by which link the user is found on Signal, as their own export says.
    ///
    /// # Errors
    /// The settings cannot be written.
    pub fn remember_signal(&self, own: Option<&SignalAccount>) -> Result<(), Failure> {
        match own.and_then(|own| own.link.as_deref()) {
            Some(link) => Ok(remember_signal(&self.folder, link)?),
            None => Ok(()),
        }
    }

    /// What a chat's reader is told.
    pub fn reading(&self) -> chat::Options {
        chat::Options { today: self.now.date(), siblings: None, date_order: self.date_order }
    }

    /// The region of numbers without a country code, where there is no graph
    /// to tell: as the user said, else that of their own number.
    pub fn home(&self) -> Option<RegionCode> {
        let own = || self.me.iter().find_map(|m| Phone::parse(m.raw(), None).ok()?.region());
        self.region.or_else(own)
    }

    /// What the graph is told, but for the decisions in the database.
    pub fn decisions(&self) -> Decisions {
        Decisions { region: self.region, me: self.me.clone(), ..Decisions::default() }
    }

    /// Where the user can be found.
    ///
    /// # Errors
    /// An address in the settings that is none.
    pub fn reach(&self) -> Result<Reach, Failure> {
        let bad = |text: &str| Failure::new(Exit::Usage, key::ERROR_REACH).about(text);
        let reach = &self.settings.reach;
        let matrix = reach.matrix.as_deref().map(|id| Mxid::parse(id).ok_or_else(|| bad(id))).transpose()?;
        let xmpp = reach.xmpp.as_deref().map(|id| Jid::parse(id).ok_or_else(|| bad(id))).transpose()?;
        Ok(Reach { signal: reach.signal.clone(), matrix, xmpp })
    }
}
