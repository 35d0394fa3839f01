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
    let text = guide(&context.words, topic);
    if context.printer.json {
        context.printer.json(&GuideView { schema: "transhume.guide/1", text: &text })?;
    } else {
        context.printer.data(&text)?;
    }
    Ok(Exit::Done)
}

#[derive(serde::Serialize)]
struct GuideView<'a> {
    schema: &'static str,
    text: &'a str,
}
