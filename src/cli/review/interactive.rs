//! The review on a terminal: a question at a time. Each answer is kept at once,
//! so that whoever stops loses nothing; the last ones can be taken back.

use std::collections::BTreeSet;

use crate::report::review::{self, Asked};
use crate::report::terminal;
use crate::words::key;
use crate::workspace::rulings::Answered;
use crate::workspace::store::Stored;
use crate::workspace::{Store, lock};

use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::prompt;
use super::answer::Answers;
use super::standing::New;
use super::{OpenQuestions, contradicted, filled, is_there, open, people};

/// What was done with a question.
enum Done {
    /// It was passed over.
    Skipped(String),
    /// It was answered, by these rulings, in place of those.
    Answered { rulings: Vec<i64>, instead: Vec<crate::model::Ruling> },
}

/// What to do next.
enum Next {
    Ask,
    Undo,
    Quit,
}

/// Asks until nothing is open, or nobody wants to go on.
///
/// # Errors
/// An empty or locked workspace, or somebody pressed Ctrl-C.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    is_there(context)?;
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let answers = Answers::of(context.words.language());
    let mut done: Vec<Done> = Vec::new();
    loop {
        let writing = store.begin()?;
        let stored = filled(&writing)?;
        let open = open(context, &writing, stored.clone())?;
        writing.keep_ledger(&open.knowledge.ledger)?;
        writing.commit()?;
        let skipped: BTreeSet<&String> = done
            .iter()
            .filter_map(|done| match done {
                Done::Skipped(id) => Some(id),
                Done::Answered { .. } => None,
            })
            .collect();
        let left: Vec<&Asked> = open.asked.iter().filter(|asked| !skipped.contains(&asked.id)).collect();
        let Some(asked) = left.first() else {
            let sentence = if open.asked.is_empty() { key::REVIEW_NOTHING } else { key::REVIEW_SKIPPED };
            let values = [("count", open.asked.len().into())];
            context.printer.note(&context.words.say_with(sentence, &values));
            return Ok(Exit::Done);
        };
        let answered = done.len();
        match ask(
            context,
            &mut store,
            &stored,
            &open,
            asked,
            (answered + 1, answered + left.len()),
            &answers,
            &mut done,
        )? {
            Next::Ask => {}
            Next::Undo => undo(context, &mut store, &mut done)?,
            Next::Quit => {
                let values = [("count", open.asked.len().into())];
                context.printer.note(&context.words.say_with(key::REVIEW_LEFT, &values));
                return Ok(Exit::Done);
            }
        }
    }
}

/// Asks one question until the answer is one.
#[expect(clippy::too_many_arguments, reason = "what is asked, where, and what was done before")]
fn ask(
    context: &Context,
    store: &mut Store,
    stored: &Stored,
    open: &OpenQuestions,
    asked: &Asked,
    count: (usize, usize),
    answers: &Answers,
    done: &mut Vec<Done>,
) -> Result<Next, Failure> {
    let words = &context.words;
    let regions = &open.knowledge.graph.regions;
    let style = context.printer.style();
    context.printer.complain(&terminal::question(&asked.question, count, regions, words, style));
    loop {
        // Where the input has ended, nobody is there any more.
        let Some(typed) = prompt::answer(context, &review::prompt(&asked.question, words))? else {
            return Ok(Next::Quit);
        };
        if answers.is(&typed, key::REVIEW_WORDS_UNDO) {
            return Ok(Next::Undo);
        }
        if answers.is(&typed, key::REVIEW_WORDS_QUIT) {
            return Ok(Next::Quit);
        }
        if typed.is_empty() {
            context.printer.complain(&words.say(key::REVIEW_NO_ANSWER));
            continue;
        }
        let Some(said) = answers.said(&typed) else {
            done.push(Done::Skipped(asked.id.clone()));
            return Ok(Next::Ask);
        };
        let Some(answer) = asked.question.answer(said) else {
            context.printer.complain(&words.say(key::REVIEW_NO_ANSWER));
            continue;
        };
        let Some(rulings) = asked.question.rulings(&answer) else {
            context.printer.complain(&words.say(key::REVIEW_NO_MARKS));
            continue;
        };
        let writing = store.begin()?;
        let kept: Vec<_> = stored.rulings.iter().map(|kept| kept.ruling.clone()).collect();
        let mut against: Vec<usize> = rulings.iter().flat_map(|new| contradicted(&kept, new)).collect();
        against.sort_unstable();
        against.dedup();
        for place in &against {
            writing.take_back(stored.rulings[*place].id)?;
        }
        let id = answer.id();
        let answered = Answered { question: &asked.id, answer: &id };
        let mut ids = Vec::new();
        for ruling in &rulings {
            ids.push(writing.rule(ruling, Some(answered), context.now)?);
        }
        let all = writing.load()?;
        let now: Vec<_> = all.rulings.iter().map(|kept| kept.ruling.clone()).collect();
        let after = super::open(context, &writing, all)?;
        let new = [New { rulings: &rulings, people: people(&asked.question) }];
        if !after.standing.at_fault(&open.standing, &now, &new).is_empty() {
            context.printer.complain(&words.say(key::REVIEW_AGAINST));
            continue;
        }
        writing.commit()?;
        let instead = against.into_iter().map(|place| kept[place].clone()).collect();
        done.push(Done::Answered { rulings: ids, instead });
        return Ok(Next::Ask);
    }
}

/// Takes the last thing back.
fn undo(context: &Context, store: &mut Store, done: &mut Vec<Done>) -> Result<(), Failure> {
    match done.pop() {
        None => context.printer.complain(&context.words.say(key::REVIEW_NO_UNDO)),
        Some(Done::Skipped(_)) => {}
        Some(Done::Answered { rulings, instead }) => {
            let writing = store.begin()?;
            for id in rulings {
                writing.take_back(id)?;
            }
            for ruling in &instead {
                writing.rule(ruling, None, context.now)?;
            }
            writing.commit()?;
        }
    }
    Ok(())
}
