//! Every dependency may be used: permissive licences, MPL-2.0 for what is used
//! unmodified, and nothing from elsewhere than the registry.

use std::process::Command;

use serde_json::Value;
use spdx::{Expression, LicenseReq};

/// What may go into the binary.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

fn may_be_used(licence: &LicenseReq) -> bool {
    licence.license.id().is_some_and(|id| ALLOWED.contains(&id.name))
}

#[test]
fn every_dependency_has_a_licence_that_allows_it() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50, "only {} packages", packages.len());
    let mut refused = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default().replace('/', " OR ");
        let fits = Expression::parse(&licence).is_ok_and(|e| e.evaluate(may_be_used));
        let ours = package["source"].is_null() && name == "transhume";
        let registry = package["source"].as_str().is_some_and(|s| s.starts_with("registry+"));
        if !fits || !(ours || registry) {
            refused.push(format!("{name}: {licence:?} from {}", package["source"]));
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
}
