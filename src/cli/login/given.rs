//! What somebody signs in with: from files, commands, the environment, or from
//! whoever sits there. Never an argument, which every process can read.

use zeroize::Zeroizing;

use crate::check::session::Token;
use crate::model::Foreign;
use crate::words::{escape, key};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::{program, prompt, servers};
use super::Login;

/// Holds the password, where no file and no command does.
const PASSWORD: &str = "TRANSHUME_MATRIX_PASSWORD";

impl Login<'_> {
    /// Whether a password was given, so that nobody has to be asked.
    pub(super) fn has_password(&self) -> bool {
        self.typed.password_file.is_some() || self.typed.password_command.is_some() || is_set(PASSWORD)
    }

    /// The account's name, asked for where nobody said it.
    pub(super) fn user(&self) -> Result<String, Failure> {
        let none = || Failure::new(Exit::Usage, key::ERROR_LOGIN_NO_USER);
        match &self.user {
            Some(user) => Ok(user.clone()),
            None if self.context.may_ask => {
                let user = prompt::line(self.context, &self.context.words.say(key::LOGIN_USER_PROMPT));
                Some(user?).filter(|user| !user.is_empty()).ok_or_else(none)
            }
            None => Err(none()),
        }
    }

    /// The password: from a file, a command, the environment, or whoever sits
    /// there.
    pub(super) fn password(&self, user: &str) -> Result<Zeroizing<String>, Failure> {
        let (context, typed) = (self.context, self.typed);
        let none = || Failure::new(Exit::Usage, key::ERROR_LOGIN_NO_PASSWORD);
        let password = if let Some(path) = &typed.password_file {
            servers::first_line(path)?
        } else if let Some(command) = &typed.password_command {
            program::first_line(context, command)?
        } else if let Some(password) = servers::set_secret(PASSWORD)? {
            password
        } else if context.may_ask {
            let user = escape::terminal(&Foreign::from(user));
            let question = context.words.say_with(key::LOGIN_PASSWORD_PROMPT, &[("user", (&user).into())]);
            Zeroizing::new(prompt::secret(context, &question)?)
        } else {
            return Err(none());
        };
        let password = Zeroizing::new(password.trim_end_matches(['\r', '\n']).to_owned());
        if password.is_empty() { Err(none()) } else { Ok(password) }
    }

    /// An access token that there is already, and whether it is to be kept.
    pub(super) fn token(&self) -> Result<(Token, bool), Failure> {
        let context = self.context;
        let none = || Failure::new(Exit::Usage, key::ERROR_LOGIN_NO_TOKEN);
        // One that is there for single calls is kept only for whoever wants that.
        let set = match self.typed.with {
            Some(_) => servers::set_secret(servers::ACCESS_TOKEN)?,
            None => None,
        };
        if let Some(path) = &self.typed.token_file {
            return servers::token_in(path).map(|token| (token, true));
        }
        let (text, fixed) = if let Some(token) = set {
            (token, true)
        } else if let Some(command) = &context.settings.token_command {
            (program::first_line(context, command)?, false)
        } else if context.may_ask {
            (Zeroizing::new(prompt::secret(context, &context.words.say(key::CHECK_TOKEN_PROMPT))?), true)
        } else {
            return Err(none());
        };
        Token::parse(&text).map(|token| (token, fixed)).ok_or_else(none)
    }
}

/// Whether the environment holds anything under a name.
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}
