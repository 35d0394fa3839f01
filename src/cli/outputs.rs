//! The files that commands leave behind, each written whole or not at all.

use std::path::PathBuf;

use crate::invite::files::{self, NoFiles};
use crate::model::Problem;
use crate::plan::Plan;
use crate::report::ahead::Ahead;
use crate::report::changes::Previous;
use crate::report::view::ProblemView;
use crate::report::{Report, csv, graphml, history, html, markdown, vcard};
use crate::words::escape::to_json_line;
use crate::workspace::lock::{self, Lock};
use crate::workspace::output::{drafts as kept_drafts, may_replace, remove_leftovers, remove_old_drafts};
use crate::workspace::written::write_and_remember as write;

use super::context::Context;
use super::drafts::{self, Next};
use super::failure::Failure;
use super::knowledge::Knowledge;
use super::review::tables;

/// The page for others.
const SHARED_PAGE: &str = "report-shared.html";

/// The report as Markdown: the name shows whose it is, for a text can carry no mark.
const MARKDOWN: &str = "report.transhume.md";

/// The same for others.
const SHARED_MARKDOWN: &str = "report-shared.transhume.md";

/// The files that are written under fixed names.
const NAMES: [&str; 11] = [
    "report.html",
    SHARED_PAGE,
    MARKDOWN,
    SHARED_MARKDOWN,
    "report.json",
    "contacts.csv",
    "rejects.csv",
    "invites.html",
    "invites.csv",
    vcard::FILE_NAME,
    "graph.graphml",
];

/// Makes sure that the outputs can be written, before anything is learnt; and
/// clears away what a killed run left half written. Keep the lock while writing.
///
/// # Errors
/// The workspace is locked, or something that is not ours stands in the way.
pub fn prepare(context: &Context) -> Result<Lock, Failure> {
    context.folder.create()?;
    let lock = lock::take(&context.folder)?;
    for name in NAMES {
        may_replace(&context.out.join(name))?;
    }
    remove_leftovers(&context.out);
    remove_leftovers(&context.out.join("invites"));
    Ok(lock)
}

/// Where outputs lie that a program of before may have written, which remembered
/// nothing: under the fixed names, the drafts, and the tables of questions.
pub fn places(context: &Context) -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = NAMES.iter().map(|name| context.out.join(name)).collect();
    places.extend(kept_drafts(&context.out.join("invites")));
    places.extend(tables(&context.out));
    places
}

/// Writes the report as a page.
///
/// # Errors
/// The page could not be written.
pub fn report_html(context: &Context, knowledge: &Knowledge, report: &Report) -> Result<PathBuf, Failure> {
    let plan = drafts::plan_ahead(context, knowledge);
    page(context, knowledge, report, &plan, &trend(context, knowledge))
}

/// What could be reached at the end of each of the last runs. Ask before anything is made
/// ready for others: runs know people by their ids.
pub fn trend(context: &Context, knowledge: &Knowledge) -> Vec<Previous> {
    let runs = &knowledge.runs[knowledge.runs.len().saturating_sub(html::RUNS)..];
    history::trend(&knowledge.people, context.count, runs, &knowledge.ledger)
}

/// The same with a plan and a trend that are known already.
///
/// # Errors
/// The page could not be written.
pub fn page(
    context: &Context,
    knowledge: &Knowledge,
    report: &Report,
    plan: &Plan,
    trend: &[Previous],
) -> Result<PathBuf, Failure> {
    let (people, groups) = (&knowledge.people, &knowledge.graph.groups);
    let contents = html::Contents { report, people, groups, plan, trend, now: context.now };
    let page = html::page(&contents, &context.words)?;
    let name = if report.shared { SHARED_PAGE } else { "report.html" };
    Ok(write(&context.folder, &context.out.join(name), |out| out.write_all(page.as_bytes()))?)
}

/// Writes the report as Markdown.
///
/// # Errors
/// The file could not be written.
pub fn report_markdown(
    context: &Context,
    knowledge: &Knowledge,
    report: &Report,
    ahead: Option<&Ahead<'_>>,
) -> Result<PathBuf, Failure> {
    let text = markdown::page(report, &knowledge.people, ahead, &context.words);
    let name = if report.shared { SHARED_MARKDOWN } else { MARKDOWN };
    Ok(write(&context.folder, &context.out.join(name), |out| out.write_all(text.as_bytes()))?)
}

/// Writes the contacts as a table, and what was rejected as another.
///
/// # Errors
/// A table could not be written.
pub fn report_csv(
    context: &Context,
    knowledge: &Knowledge,
    report: &Report,
) -> Result<Vec<PathBuf>, Failure> {
    let contacts = write(&context.folder, &context.out.join("contacts.csv"), |out| {
        csv::contacts(&knowledge.people, &knowledge.graph.groups, out).map_err(std::io::Error::other)
    })?;
    let rejects = write(&context.folder, &context.out.join("rejects.csv"), |out| {
        let rejected: Vec<ProblemView> = report.problems.clone();
        csv::rejects(&rejected, out).map_err(std::io::Error::other)
    })?;
    Ok(vec![contacts, rejects])
}

/// Writes the address book as vCards, and tells of those that would not be
/// read back.
///
/// # Errors
/// The file could not be written.
pub fn address_book(context: &Context, knowledge: &Knowledge) -> Result<(PathBuf, Vec<Problem>), Failure> {
    let cards = vcard::cards(&knowledge.people, &knowledge.graph.book, context.now);
    let path = write(&context.folder, &context.out.join(vcard::FILE_NAME), |out| {
        out.write_all(cards.text.as_bytes())
    })?;
    Ok((path, cards.problems))
}

/// Writes people, groups and memberships as a graph.
///
/// # Errors
/// The file could not be written.
pub fn graph(context: &Context, knowledge: &Knowledge) -> Result<PathBuf, Failure> {
    Ok(write(&context.folder, &context.out.join("graph.graphml"), |out| {
        graphml::graph(&knowledge.people, &knowledge.graph.groups, out)
    })?)
}

/// Writes the report as JSON.
///
/// # Errors
/// The file could not be written.
pub fn report_json(context: &Context, report: &Report) -> Result<PathBuf, Failure> {
    let line = to_json_line(report)?;
    Ok(write(&context.folder, &context.out.join("report.json"), |out| writeln!(out, "{line}"))?)
}

/// Writes those outputs anew that are there and can name people, and deletes the
/// drafts, since somebody was forgotten. The paths of both.
///
/// # Errors
/// A file could not be written or deleted.
pub fn after_forgetting(
    context: &Context,
    knowledge: &Knowledge,
) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let there = |name: &str| context.out.join(name).exists();
    let report = knowledge.report(context);
    let mut written = Vec::new();
    if there("report.html") {
        written.push(report_html(context, knowledge, &report)?);
    }
    if there(MARKDOWN) {
        written.push(report_markdown(context, knowledge, &report, None)?);
    }
    if there("contacts.csv") || there("rejects.csv") {
        written.extend(report_csv(context, knowledge, &report)?);
    }
    if there(vcard::FILE_NAME) {
        written.push(address_book(context, knowledge)?.0);
    }
    if there("graph.graphml") {
        written.push(graph(context, knowledge)?);
    }
    if there("report.json") {
        written.push(report_json(context, &report)?);
    }
    // Where they were can be told in full only as long as they are there.
    let out = std::fs::canonicalize(&context.out).unwrap_or_else(|_| context.out.clone());
    let mut deleted = remove_old_drafts(&out.join("invites"));
    for name in ["invites.html", "invites.csv"] {
        let path = out.join(name);
        if path.exists() {
            std::fs::remove_file(&path)?;
            deleted.push(path);
        }
    }
    Ok((written, deleted))
}

/// Writes drafts: a page, a table, and a text each; and the texts for groups.
///
/// # Errors
/// A file could not be written.
pub fn invites(context: &Context, next: &Next) -> Result<Vec<PathBuf>, Failure> {
    remove_old_drafts(&context.out.join("invites"));
    let mut paths = Vec::new();
    let files =
        files::all(&next.drafts, &next.kits, &next.own, &context.words).map_err(|error| match error {
            NoFiles::Page(error) => Failure::from(error),
            NoFiles::Table(error) => Failure::from(std::io::Error::other(error)),
        })?;
    for (name, content) in files {
        paths.push(write(&context.folder, &context.out.join(name), |out| out.write_all(&content))?);
    }
    Ok(paths)
}
