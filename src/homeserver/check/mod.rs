//! Judges what was seen of a server: every check by its number, H01 to H29.
//!
//! `seen` holds what was seen, `name` and `route` how servers are named and found,
//! `pages` what their files and keys say. The rest judges: `domain` the name and its
//! records, `files` the well-known files, `doors` connections and certificates,
//! `federation` what other servers get, `clients` what clients get, `extras` what is
//! good to know, `inside` what is seen on the machine itself. A fault is blamed on one check alone; what could not be looked at
//! because of it says so.

mod clients;
mod domain;
mod doors;
mod extras;
mod federation;
mod files;
mod finding;
pub mod inside;
mod lines;
pub mod name;
pub mod pages;
pub mod route;
pub mod seen;

pub use finding::{Finding, Id, State};

use seen::Seen;

/// Judges all that was seen from outside, in the order of the numbers.
pub fn judge(seen: &Seen) -> Vec<Finding> {
    let mut all = vec![domain::h01(seen), domain::h02(seen)];
    if seen.apex.is_empty() && seen.doors.is_empty() {
        // There is nothing to look at.
        all.extend((3..=22).chain(27..=29).map(|id| Finding::skipped(id, 2)));
        return all.into_iter().map(|finding| finding.of(seen)).collect();
    }
    let files = [files::h03(seen), files::h04(seen), files::h05(seen)];
    let services = domain::h10(seen);
    let astray = astray(seen, &files, &services);
    let version = federation::h13(seen, astray);
    let closed = (version.state == State::Fail).then_some(version.id.0).or(astray);
    let client = clients::h08(seen);
    let dead = (client.state == State::Fail || client.state == State::Skipped).then_some(8);
    all.extend(files);
    all.extend([files::h06(seen), clients::h07(seen), client, clients::h09(seen), services]);
    all.extend([doors::h11(seen, closed), doors::h12(seen), version, federation::h14(seen, closed)]);
    all.extend([federation::h15(seen), clients::h16(seen, dead), federation::h17(seen, closed)]);
    all.extend([clients::h18(seen, dead), clients::h19(seen, dead), clients::h20(seen, dead)]);
    all.extend([doors::h21(seen, astray), federation::h22(seen, closed)]);
    all.extend([extras::h27(seen), extras::h28(seen, dead), extras::h29(seen)]);
    all.into_iter().map(|finding| finding.of(seen)).collect()
}

/// The check of a file or a record that leads other servers astray: that they do not
/// get in is no fault of its own then.
fn astray(seen: &Seen, files: &[Finding], services: &Finding) -> Option<u8> {
    let is_led = seen.server_file.iter().any(|page| page.good().is_some_and(|a| pages::delegate(a).is_ok()));
    // Whether the file comes and how does not matter where it led the way all the same.
    let leads = |finding: &&Finding| finding.id.0 == 4 || finding.id.0 == 10 || !is_led;
    let failed = |finding: &&Finding| finding.state == State::Fail;
    files.iter().chain([services]).filter(failed).find(leads).map(|finding| finding.id.0)
}
