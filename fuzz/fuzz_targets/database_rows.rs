#![no_main]

#[path = "../bodies/database_rows.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
