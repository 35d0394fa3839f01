//! A place of its own for each test: an empty home, a fixed clock, no locale,
//! and the program as a user would call it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::published;

/// The clock that the tests run at.
pub const NOW: &str = "2021-01-31T18:00:00Z";

/// A folder for a test, gone when the test is.
pub struct Place {
    dir: TempDir,
}

/// What a call came to.
pub struct Outcome {
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub stdout: String,
    /// What it said.
    pub stderr: String,
}

impl Place {
    pub fn new() -> Self {
        Self { dir: TempDir::with_prefix("transhume-test-").expect("a temporary folder") }
    }

    /// The folder, where relative paths begin.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).expect("a folder");
        }
        fs::write(&path, content).expect("a file");
        path
    }

    /// The program, ready to be called with arguments.
    pub fn command(&self) -> Command {
        self.wrap(Command::new(env!("CARGO_BIN_EXE_transhume")))
    }

    /// Any program in this place.
    pub fn wrap(&self, mut command: Command) -> Command {
        command
            .current_dir(self.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path().join("home"))
            .env("TRANSHUME_NOW", NOW)
            .env("TRANSHUME_WORKSPACE", self.path().join("ws"))
            .stdin(Stdio::null());
        command
    }

    /// Calls the program.
    pub fn run<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Outcome {
        let output = self.command().args(arguments).output().expect("the program runs");
        Outcome::of(&output)
    }

    /// Inspects one file and gives the object.
    pub fn inspect(&self, path: &Path) -> Value {
        let outcome = self.run(["inspect".as_ref(), "--json".as_ref(), path.as_os_str()]);
        let first = outcome.stdout.lines().next().unwrap_or_default();
        let object: Value = serde_json::from_str(first)
            .unwrap_or_else(|e| panic!("{e}: {:?} {}", outcome.stdout, outcome.stderr));
        published::assert_fits(&object);
        object
    }

    /// All files below the workspace and the outputs, with their content.
    pub fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.path().join("ws"), &mut files);
        files.sort();
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push((path.clone(), fs::read(&path).unwrap_or_default()));
        }
    }
}

impl Outcome {
    pub fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Everything it wrote.
    pub fn all(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    /// The objects that it printed, a line each; each is as its schema says.
    pub fn json(&self) -> Vec<Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        let objects: Vec<Value> = self.stdout.lines().map(parse).collect();
        objects.iter().for_each(published::assert_fits);
        objects
    }

    /// The one object that it printed.
    pub fn object(&self) -> Value {
        let mut objects = self.json();
        assert_eq!(objects.len(), 1, "{}{}", self.stdout, self.stderr);
        objects.remove(0)
    }

    /// Fails unless the call ended with that code.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }
}

/// The codes of the problems of an object.
pub fn codes(object: &Value) -> Vec<&str> {
    object["problems"].as_array().into_iter().flatten().filter_map(|p| p["code"].as_str()).collect()
}

/// The names of the people of an inspected chat.
pub fn names(object: &Value) -> Vec<&str> {
    object["people"].as_array().into_iter().flatten().filter_map(|p| p["name"].as_str()).collect()
}
