//! JSON-RPC by lines: at a socket, at a port, or with a program that was started
//! for it. What is no answer to the request is passed over: messages that come
//! in meanwhile, answers to older requests, warnings in prose.

use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, Command};

use super::super::signal_place::SignalPlace;
use super::SAID_CAP;

/// How a program is asked to speak by lines, and to leave the user's messages
/// alone.
const SPEAK: [&str; 2] = ["jsonRpc", "--receive-mode=manual"];

/// So long a program may take to end by itself.
const FAREWELL: Duration = Duration::from_secs(5);

/// So much of what it complained of last is kept (bytes).
const LAST_WORDS: usize = 2000;

/// Why there is no answer.
pub enum Broken {
    /// Nothing more comes; perhaps with what the system says of it.
    Ended(Option<String>),
    /// There is no end of it.
    TooLarge,
}

/// A conversation by lines.
pub struct Lines {
    from: BufReader<Box<dyn AsyncRead + Unpin>>,
    to: Option<Box<dyn AsyncWrite + Unpin>>,
    program: Option<Program>,
}

/// A program that was started. It ends with this.
struct Program {
    child: Child,
    complained: Arc<Mutex<Vec<u8>>>,
}

impl Lines {
    /// Begins a conversation.
    ///
    /// # Errors
    /// What the system says.
    pub async fn open(place: &SignalPlace) -> Result<Lines, String> {
        let said = |error: std::io::Error| error.to_string();
        match place {
            #[cfg(unix)]
            SignalPlace::Unix(path) => {
                let (from, to) = tokio::net::UnixStream::connect(path).await.map_err(said)?.into_split();
                Ok(Lines::between(from, to))
            }
            SignalPlace::Tcp(at) => {
                let (from, to) = tokio::net::TcpStream::connect(at).await.map_err(said)?.into_split();
                Ok(Lines::between(from, to))
            }
            SignalPlace::Program(path, options) => {
                let mut command = Command::new(path);
                command.args(options).args(SPEAK);
                command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
                let mut child = command.kill_on_drop(true).spawn().map_err(said)?;
                let pipes = (child.stdout.take(), child.stdin.take(), child.stderr.take());
                let (Some(from), Some(to), Some(complains)) = pipes else { return Err("|".to_owned()) };
                let complained = Arc::default();
                tokio::spawn(listen(complains, Arc::clone(&complained)));
                let mut lines = Lines::between(from, to);
                lines.program = Some(Program { child, complained });
                Ok(lines)
            }
            #[cfg(not(unix))]
            SignalPlace::Unix(_) => Err("AF_UNIX?".to_owned()),
            SignalPlace::Http(_) => Err("http?".to_owned()),
        }
    }

    fn between(from: impl AsyncRead + Unpin + 'static, to: impl AsyncWrite + Unpin + 'static) -> Lines {
        Lines { from: BufReader::new(Box::new(from)), to: Some(Box::new(to)), program: None }
    }

    /// Sends a request, and waits for what answers it.
    pub async fn call(&mut self, request: &str, id: u64) -> Result<Value, Broken> {
        let (from, to) = (&mut self.from, &mut self.to);
        let line = format!("{request}\n");
        let write = async {
            let Some(to) = to else { return Err(std::io::ErrorKind::BrokenPipe.into()) };
            to.write_all(line.as_bytes()).await?;
            to.flush().await
        };
        tokio::pin!(write);
        let read = answer(from, id);
        tokio::pin!(read);
        // Both at once: whoever has much to say before it listens would wait for
        // us for ever, and we for it.
        let mut written = false;
        loop {
            tokio::select! {
                biased;
                answer = &mut read => return answer,
                // Why it does not listen any more is told by what it said last.
                _ = &mut write, if !written => written = true,
            }
        }
    }

    /// What a program that has ended complained of, and how it ended.
    pub async fn last_words(&mut self) -> Option<String> {
        let program = self.program.as_mut()?;
        let ended = tokio::time::timeout(FAREWELL, program.child.wait()).await.ok()?.ok()?;
        // What it said last may still be on its way.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let said = program.complained.lock().unwrap_or_else(PoisonError::into_inner);
        let said = String::from_utf8_lossy(&said);
        let last =
            said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned();
        Some(if last.is_empty() { ended.to_string() } else { format!("{last} ({ended})") })
    }

    /// Ends the conversation. A program ends when nothing more can come.
    pub async fn close(mut self) {
        self.to = None;
        if let Some(mut program) = self.program {
            let _ = tokio::time::timeout(FAREWELL, program.child.wait()).await;
        }
    }
}

/// Reads until the answer to a request comes.
async fn answer(from: &mut (impl AsyncBufReadExt + Unpin), id: u64) -> Result<Value, Broken> {
    let mut left = SAID_CAP;
    let mut line = Vec::new();
    while left > 0 {
        line.clear();
        let read = (&mut *from).take(left as u64).read_until(b'\n', &mut line).await;
        match read {
            Err(error) => return Err(Broken::Ended(Some(error.to_string()))),
            Ok(0) => return Err(Broken::Ended(None)),
            Ok(count) => left -= count,
        }
        if matches!(line.first(), Some(b'{' | b'['))
            && let Ok(said) = serde_json::from_slice(&line)
            && let Some(answer) = to_request(said, id)
        {
            return Ok(answer);
        }
    }
    Err(Broken::TooLarge)
}

/// What answers a request. Of one that could not even be read, the number is not
/// known either.
fn to_request(said: Value, id: u64) -> Option<Value> {
    let is_it = |said: &Value| match said.get("id") {
        Some(Value::Null) => said.get("error").is_some_and(|error| !error.is_null()),
        Some(other) => other.as_u64() == Some(id),
        None => false,
    };
    match said {
        Value::Array(all) => all.into_iter().find(is_it),
        said => is_it(&said).then_some(said),
    }
}

/// Keeps the last of what a program complains of.
async fn listen(mut complains: ChildStderr, complained: Arc<Mutex<Vec<u8>>>) {
    let mut piece = [0; 1024];
    while let Ok(count @ 1..) = complains.read(&mut piece).await {
        let mut all = complained.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(piece.get(..count).unwrap_or_default());
        let old = all.len().saturating_sub(LAST_WORDS);
        all.drain(..old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn heard(said: &[u8], id: u64) -> Result<Value, Broken> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(answer(&mut BufReader::new(said), id))
    }

    #[test]
    fn an_answer_is_found_among_all_else() {
        let said = concat!(
            "WARN  ProfileHelper - Failed to retrieve profile\n",
            "{\"jsonrpc\":\"2.0\",\"method\":\"receive\",\"params\":{\"id\":7}}\n",
            "{\"jsonrpc\":\"2.0\",\"result\":6,\"id\":6}\n",
            "\n{half\n",
            "{\"jsonrpc\":\"2.0\",\"result\":\"it\",\"id\":7}\n",
            "{\"jsonrpc\":\"2.0\",\"result\":8,\"id\":8}\n",
        );
        assert_eq!(heard(said.as_bytes(), 7).ok().unwrap()["result"], "it");
        assert!(matches!(heard(said.as_bytes(), 9), Err(Broken::Ended(None))));
        // The last line may have no end.
        assert_eq!(heard(b"{\"result\":1,\"id\":7}", 7).ok().unwrap()["result"], 1);
    }

    #[test]
    fn a_batch_and_an_answer_to_nothing_are_understood() {
        assert_eq!(to_request(json!([{ "id": 1 }, { "id": 7, "result": 2 }]), 7).unwrap()["result"], 2);
        assert!(to_request(json!({ "id": null, "error": { "code": -32700 } }), 7).is_some());
        assert!(to_request(json!({ "id": null, "result": {} }), 7).is_none());
        assert!(to_request(json!({ "id": "7", "result": {} }), 7).is_none());
    }

    #[test]
    fn e16_what_has_no_end_is_given_up() {
        let endless = vec![b'x'; SAID_CAP + 1];
        assert!(matches!(heard(&endless, 1), Err(Broken::TooLarge)));
    }
}
