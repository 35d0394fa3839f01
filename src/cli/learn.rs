//! Learning: inputs are read, their findings kept, the graph worked out anew,
//! and a run written down. What `import` and `migrate` have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use crate::graph::Look;
use crate::model::run::{Run, Snapshot};
use crate::model::{Code, ContactId, Foreign, Problem, Ruling, Severity};
use crate::report::history::snapshot;
use crate::report::import::ImportView;
use crate::report::view::ProblemView;
use crate::words::key;
use crate::workspace::inputs::{Gathered, Item, gather, total_bytes};
use crate::workspace::lock::Lock;
use crate::workspace::store::{KeptSource, Stored, Writing};
use crate::workspace::{Store, inputs};

use super::contacts::forget::never_again;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::{Knowledge, fingerprint};
use super::progress::Progress;

/// What was learnt.
pub struct Learnt {
    /// Everything that is known now. Never given back piece by piece: the process
    /// ends with the command.
    pub knowledge: ManuallyDrop<Knowledge>,
    /// What became of each source.
    pub sources: Vec<ImportView>,
    /// What was wrong with inputs that gave no source.
    pub problems: Vec<Problem>,
    /// Done, or done in part.
    pub exit: Exit,
}

/// Reads inputs, with a progress bar; `hash` if they are to be kept.
///
/// # Errors
/// The user asked to stop.
pub fn read(context: &Context, inputs: &[PathBuf], hash: bool) -> Result<Gathered, inputs::Stopped> {
    let message = context.words.say(key::PROGRESS_READING);
    let total = if context.printer.shows_progress() { total_bytes(inputs) } else { 0 };
    let progress = Progress::follow(&context.meter, total, message, &context.printer);
    let key = || progress.aside(|| context.secrets.backup_key(context));
    gather(inputs, context.folder.path(), &context.reading(), &context.meter, hash, &key)
}

/// Learns what is in the inputs. The lock is held by whoever calls, who may
/// have files to write as well.
///
/// # Errors
/// No input was usable, the workspace is locked or damaged, the user asked to
/// stop. The workspace is then as it was.
pub fn learn(context: &Context, command: &str, inputs: &[PathBuf], lock: &Lock) -> Result<Learnt, Failure> {
    let store = Store::open(&context.folder, lock)?;
    take_up(context, a_run(context, command), store, read(context, inputs, true)?)
}

/// A run that begins now.
pub fn a_run(context: &Context, command: &str) -> Run {
    Run { id: None, at: context.now, command: command.to_owned(), snapshot: Snapshot::default() }
}

/// Learns what was read, as a run of its own or as part of one that is known.
///
/// # Errors
/// Those of [`learn`].
pub fn take_up(
    context: &Context,
    mut run: Run,
    mut store: Store,
    gathered: Gathered,
) -> Result<Learnt, Failure> {
    let mut problems = gathered.problems;
    let (usable, useless): (Vec<Item>, Vec<Item>) =
        gathered.items.into_iter().partition(|item| item.reading.finding.is_some() && item.hash.is_some());
    problems.extend(useless.into_iter().flat_map(|item| item.reading.problems));
    // A book of which every entry was rejected is kept beside good ones, so that
    // its entries are counted; alone it is of no use.
    if !usable.iter().any(|item| item.reading.is_usable()) {
        problems.extend(usable.into_iter().flat_map(|item| item.reading.problems));
        say_problems(context, &problems);
        return Err(Failure::new(Exit::NoInput, key::ERROR_NO_INPUT));
    }
    let severe = |p: &Problem| p.severity() == Severity::Error;
    let in_part = problems.iter().chain(usable.iter().flat_map(|i| &i.reading.problems)).any(severe);

    let writing = store.begin()?;
    let stored = writing.load()?;
    let known: BTreeSet<Vec<u8>> = stored.sources.iter().map(|s| s.hash.clone()).collect();
    let mut sources = stored.sources.clone();
    let mut given: Vec<(KeptSource, bool)> = Vec::new();
    let mut fresh: BTreeSet<Vec<u8>> = BTreeSet::new();
    for item in usable {
        let Some((mut kept, path)) = kept(item) else { continue };
        let again = known.contains(&kept.hash) || !fresh.insert(kept.hash.clone());
        if again && known.contains(&kept.hash) {
            // Nothing new: the source stands as it was first read, or as it was left.
            let known = stored.sources.iter().find(|source| source.hash == kept.hash);
            kept.tally = known.map_or(kept.tally, |known| known.tally);
        } else if again {
            problems.push(Problem::new(Code::SameContent).in_file(&path));
            continue;
        } else {
            sources.retain(|s| !replaces(&kept, s));
            sources.push(kept.clone());
        }
        given.push((kept, again));
    }
    let left_out = leave_out(context, &writing, &stored, &mut sources, &mut given)?;
    if left_out > 0 {
        problems.push(Problem::new(Code::LeftOut).counted(left_out));
    }
    if run.id.is_none() {
        writing.add_run(&mut run)?;
    }
    for (kept, _) in given.iter().filter(|(_, again)| !again) {
        writing.add_source(kept, run.id.unwrap_or_default())?;
    }
    // What was known before is worked out only where it is something, and something else.
    let before = match fresh.is_subset(&known) || stored.sources.is_empty() {
        true => None,
        false => Some(Knowledge::derive(context, stored.clone())?.fingerprints()),
    };
    let was_empty = stored.sources.is_empty();
    let rulings: Vec<Ruling> = stored.rulings.iter().map(|kept| kept.ruling.clone()).collect();
    let places: Vec<i64> = stored.rulings.iter().map(|kept| kept.id).collect();
    let look = |look: &Look<'_>| look.renewed(&rulings);
    let (mut knowledge, renewed) = Knowledge::derive_with(context, Stored { sources, ..stored }, look)?;
    // Whoever is excluded stays so, by all that they are known by now.
    for (place, marks) in renewed {
        writing.take_back(places[place])?;
        writing.rule(&Ruling::Excluded(marks), None, context.now)?;
    }
    let before = match before {
        Some(before) => before,
        None if was_empty => BTreeMap::new(),
        None => knowledge.fingerprints(),
    };
    run.snapshot = snapshot(&knowledge.people, context.count);
    writing.update_run(&run)?;
    writing.keep_ledger(&knowledge.ledger)?;
    writing.commit()?;
    knowledge.runs.retain(|kept| kept.id != run.id);
    knowledge.runs.push(run);

    let views = views(context, &before, &knowledge, &given);
    knowledge.problems.extend(problems.iter().cloned());
    let exit = if in_part { Exit::Partial } else { Exit::Done };
    Ok(Learnt { knowledge: ManuallyDrop::new(knowledge), sources: views, problems, exit })
}

/// Leaves out whom the user never wants to be brought back: they are not even
/// taken up. How many entries that are.
fn leave_out(
    context: &Context,
    writing: &Writing<'_>,
    stored: &Stored,
    sources: &mut Vec<KeptSource>,
    given: &mut Vec<(KeptSource, bool)>,
) -> Result<u64, Failure> {
    let without = never_again(context, sources, stored)?;
    let entries = without.entries;
    let known = |kept: &KeptSource| stored.sources.iter().any(|source| source.hash == kept.hash);
    for (place, left) in without.changed {
        // What is new can show that somebody known is one of them.
        if known(&left) {
            writing.replace_source(&left)?;
        }
        if let Some((kept, _)) = given.iter_mut().find(|(kept, _)| kept.hash == left.hash) {
            *kept = left.clone();
        }
        sources[place] = left;
    }
    let empty: BTreeSet<Vec<u8>> = without.empty.iter().map(|place| sources[*place].hash.clone()).collect();
    for kept in sources.iter().filter(|kept| empty.contains(&kept.hash) && known(kept)) {
        writing.remove_source(kept)?;
    }
    sources.retain(|kept| !empty.contains(&kept.hash));
    given.retain(|(kept, _)| !empty.contains(&kept.hash));
    Ok(entries)
}

/// Prints problems where people look for them.
pub fn say_problems(context: &Context, problems: &[Problem]) {
    let told = problems.iter().filter(|p| !context.printer.is_quiet() || p.severity() != Severity::Note);
    let told: Vec<Problem> = told.cloned().collect();
    let text = crate::report::terminal::problems(&told, &context.words, context.printer.style());
    if !text.is_empty() {
        context.printer.complain(text.trim_end());
    }
}

fn kept(item: Item) -> Option<(KeptSource, String)> {
    let finding = item.reading.finding?;
    let kept = KeptSource {
        hash: item.hash?,
        source: crate::graph::Source { path: Foreign::new(item.path.clone()), finding },
        tally: item.reading.tally,
        // The graph says it of all databases together.
        problems: item.reading.problems.into_iter().filter(|p| p.code != Code::NumbersUnknown).collect(),
    };
    Some((kept, item.path))
}

/// Whether a source is the later state of one that was read before.
fn replaces(new: &KeptSource, old: &KeptSource) -> bool {
    new.source.finding.is_state()
        && new.source.path == old.source.path
        && new.source.finding.kind() == old.source.finding.kind()
}

/// What became of each source that was given.
fn views(
    context: &Context,
    before: &BTreeMap<ContactId, String>,
    knowledge: &Knowledge,
    given: &[(KeptSource, bool)],
) -> Vec<ImportView> {
    let known_as = known_as(before, knowledge);
    given
        .iter()
        .map(|(kept, _)| {
            let place = knowledge.sources.iter().position(|s| s.hash == kept.hash);
            let (mut own, mut counts) = (0, [0; 3]);
            for person in &knowledge.people {
                let contact = &person.contact;
                let of = |place: &usize| contact.entries.iter().any(|(source, _)| source == place);
                let Some(place) = place.filter(of) else { continue };
                let is_first = contact.entries.first().is_some_and(|(first, _)| *first == place);
                // Of a person's entries the first one is kept, the others merged.
                own += u64::from(is_first);
                let which = match known_as.get(&contact.id).and_then(|id| before.get(*id)) {
                    // Of several sources that bring somebody new, the first one does.
                    None if is_first => 0,
                    None => 1,
                    Some(print) if *print != fingerprint(contact) => 1,
                    Some(_) => 2,
                };
                counts[which] += 1;
            }
            let me = knowledge.graph.own_entries.keys().next().copied();
            let nobodys =
                knowledge.graph.nobodys.iter().map(|entries| entries.first().map(|(first, _)| *first));
            let usable = kept.tally.read.saturating_sub(kept.tally.rejected);
            let nobodys = nobodys.chain([me]).filter(|first| first.is_some() && *first == place).count();
            let no_contacts = nobodys as u64 + kept.lists();
            own += no_contacts;
            let kept_entries = own.min(usable);
            ImportView {
                schema: "transhume.import/1",
                path: kept.source.path.clone(),
                kind: kept.source.finding.kind(),
                unit: kept.source.finding.kind().unit(),
                read: kept.tally.read,
                kept: kept_entries,
                merged: usable - kept_entries,
                rejected: kept.tally.rejected,
                no_contacts: no_contacts.min(kept_entries),
                contacts_new: counts[0],
                contacts_changed: counts[1],
                unchanged: counts[2],
                problems: match context.printer.json {
                    true => kept.problems.iter().map(|p| ProblemView::new(&context.words, p)).collect(),
                    false => Vec::new(),
                },
            }
        })
        .collect()
}

/// Under which id each contact of today was known before: under its own, else
/// under one that was joined with it.
fn known_as<'a>(
    before: &'a BTreeMap<ContactId, String>,
    knowledge: &Knowledge,
) -> BTreeMap<ContactId, &'a ContactId> {
    let mut known = BTreeMap::new();
    for old in before.keys() {
        known.entry(knowledge.ledger.current(old).clone()).or_insert(old);
    }
    for own in before.keys() {
        known.insert(own.clone(), own);
    }
    known
}
