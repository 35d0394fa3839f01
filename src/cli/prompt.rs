//! Questions on the terminal. Whoever is asked can also press Ctrl-C.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use crate::words::key;

use super::context::Context;
use super::echo::Echo;
use super::exit::Exit;
use super::failure::Failure;

/// How often it is looked whether the user wants to stop.
const TICK: Duration = Duration::from_millis(50);

/// Asks a question on stderr and gives what was answered; nothing where the
/// input has ended.
///
/// # Errors
/// The user asked to stop.
pub fn line(context: &Context, question: &str) -> Result<String, Failure> {
    Ok(answer(context, question)?.unwrap_or_default())
}

/// Asks a question that is answered with yes or no; anything but a yes is none.
///
/// # Errors
/// The user asked to stop.
pub fn says_yes(context: &Context, question: &str) -> Result<bool, Failure> {
    Ok(is_one_of(&line(context, question)?, &context.words.say(key::CHECK_WORDS_YES)))
}

/// As [`line()`], where an empty answer is another thing than the end of the input:
/// that is none.
///
/// # Errors
/// The user asked to stop.
pub fn answer(context: &Context, question: &str) -> Result<Option<String>, Failure> {
    let mut out = io::stderr().lock();
    let _ = write!(out, "{question} ");
    let _ = out.flush();
    drop(out);
    answered(context, || {
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer)?;
        Ok((read > 0).then(|| answer.trim().to_owned()))
    })
}

/// Asks for something that nobody else should read on the screen.
///
/// # Errors
/// The user asked to stop.
pub fn secret(context: &Context, question: &str) -> Result<String, Failure> {
    let question = format!("{question} ");
    let echo = Echo::hidden(&context.meter.stop_flag());
    let answer = answered(context, move || rpassword::prompt_password(question));
    drop(echo);
    if answer.is_err() {
        // What is said next does not belong on the line of the question.
        let _ = writeln!(io::stderr().lock());
    }
    answer
}

/// Whether an answer is one of these words, whole: whoever begins a sentence
/// has not agreed to anything.
pub fn is_one_of(answer: &str, words: &str) -> bool {
    let answer = answer.to_lowercase();
    words.split(' ').any(|word| word == answer)
}

/// Waits for an answer, and looks from time to time whether it still should: a
/// blocked read cannot be woken up. The thread that reads ends with the
/// program.
fn answered<T: Default + Send + 'static>(
    context: &Context,
    read: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(read().unwrap_or_default()));
    let answer = loop {
        match told.recv_timeout(TICK) {
            Err(RecvTimeoutError::Timeout) if !context.meter.stopped() => {}
            answer => break answer.unwrap_or_default(),
        }
    };
    match context.meter.stopped() {
        true => Err(Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED_ASKING)),
        false => Ok(answer),
    }
}
