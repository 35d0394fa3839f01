//! `transhume guide`: how to get each file off a phone.

use crate::words::{Topic, guide};

use super::args::TopicArgument;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;

/// Prints the guide, or a part of it.
///
/// # Errors
/// Stdout is gone.
pub fn run(context: &Context, topic: Option<TopicArgument>) -> Result<Exit, Failure> {
    let topic = topic.map(|topic| match topic {
        TopicArgument::Android => Topic::Android,
        TopicArgument::Iphone => Topic::Iphone,
        TopicArgument::Signal => Topic::Signal,
        TopicArgument::Contacts => Topic::Contacts,
    });
    context.printer.text("transhume.guide/1", &guide(&context.words, topic))?;
    Ok(Exit::Done)
}
