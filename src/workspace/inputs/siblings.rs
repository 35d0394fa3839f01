//! What the files of one batch tell of each other: the order of day and month.

use std::io;
use std::path::Path;

use crate::model::finding::{DateOrder, DecidedBy};
use crate::model::{Finding, Kind};
use crate::read::whatsapp::chat::Options;
use crate::read::{Reading, archive};
use crate::workspace::meter::{Meter, is_stop};
use crate::workspace::parallel::in_order;

use super::bytes::{FileSource, SharedFile};
use super::names::{holds_several, name_of_entry, name_of_file};
use super::{Item, Origin, Stopped};

/// Chats whose date order stayed open are read again in the order that all
/// the others of the batch have.
pub(super) fn settle_by_siblings(
    items: &mut [Item],
    options: &Options,
    meter: &Meter,
) -> Result<(), Stopped> {
    let mut sure: Vec<DateOrder> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let Some(Finding::Chat(chat)) = &item.reading.finding else { continue };
        match chat.dates.decided_by {
            DecidedBy::Default | DecidedBy::Option => open.push(index),
            decided if decided <= DecidedBy::FileNames && chat.dates.order != DateOrder::Ymd => {
                sure.push(chat.dates.order);
            }
            _ => {}
        }
    }
    sure.sort_by_key(|order| *order == DateOrder::Mdy);
    sure.dedup();
    let [order] = sure.as_slice() else { return Ok(()) };
    let options = Options { siblings: Some(*order), ..*options };
    let again = in_order(open.len(), |at| {
        let item = &items[open[at]];
        match &item.origin {
            Origin::File(file) => {
                let source = FileSource { path: file.clone(), meter: meter.clone() };
                crate::read::read(item.kind, &source, &name_of_file(file), &options)
            }
            Origin::Entry { archive, name } => reread_entry(archive, name, item.kind, &options, meter),
            Origin::Elsewhere => Err(io::ErrorKind::Unsupported.into()),
        }
    });
    for (index, again) in open.into_iter().zip(again) {
        match again {
            Ok(mut reading) => {
                for problem in &mut reading.problems {
                    *problem = problem.clone().in_file(&items[index].path);
                }
                items[index].reading = reading;
            }
            Err(error) if is_stop(&error) => return Err(Stopped),
            // It could be read a moment ago: what was read then stands.
            Err(_) => {}
        }
    }
    Ok(())
}

fn reread_entry(
    path: &Path,
    name: &str,
    kind: Kind,
    options: &Options,
    meter: &Meter,
) -> io::Result<Reading> {
    let entries = archive::entries(meter.watch(SharedFile::open(path)?), &mut Vec::new());
    let entry = entries.iter().find(|entry| entry.name == name);
    let entry = entry.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let title = name_of_entry(name, path, holds_several(entries.iter().map(|entry| entry.name.as_str())));
    crate::read::read(kind, entry, &title, options)
}
