//! The lines to change, as they stand in the files of those programs that most people
//! run: Caddy, nginx and Apache in front, Synapse behind.

use super::name::Host;
use super::pages;
use super::seen::Seen;

/// Where the server is behind its domain, as far as anything tells; else where most
/// put it.
fn host(seen: &Seen) -> String {
    let file = seen.server_file.iter().find_map(|page| pages::delegate(page.good()?).ok());
    let by_file = file.and_then(|file| match file.host {
        Host::Name(name) => Some(name),
        Host::Ip(_) => None,
    });
    let by_clients = || pages::base_url(&seen.client_file)?.host_str().map(str::to_owned);
    by_file.or_else(by_clients).unwrap_or_else(|| format!("matrix.{}", seen.name.host))
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}

/// `/.well-known/matrix/server`, for Caddy and nginx.
pub(super) fn server_file(seen: &Seen) -> Vec<String> {
    let json = format!("{{\"m.server\":\"{}:443\"}}", host(seen));
    well_known(seen, "server", &json, false)
}

/// `/.well-known/matrix/client`.
pub(super) fn client_file(seen: &Seen) -> Vec<String> {
    let json = format!("{{\"m.homeserver\":{{\"base_url\":\"https://{}\"}}}}", host(seen));
    well_known(seen, "client", &json, true)
}

fn well_known(seen: &Seen, file: &str, json: &str, is_open: bool) -> Vec<String> {
    let path = format!("/.well-known/matrix/{file}");
    let mut lines = vec![
        "# Caddyfile".to_owned(),
        format!("{} {{", seen.name.host),
        format!("    handle {path} {{"),
        "        header Content-Type application/json".to_owned(),
    ];
    if is_open {
        lines.push("        header Access-Control-Allow-Origin *".to_owned());
    }
    lines.extend([format!("        respond `{json}`"), "    }".to_owned(), "}".to_owned()]);
    lines.extend([
        "# nginx".to_owned(),
        format!("location = {path} {{"),
        "    default_type application/json;".to_owned(),
    ]);
    if is_open {
        lines.push("    add_header Access-Control-Allow-Origin *;".to_owned());
    }
    lines.extend([format!("    return 200 '{json}';"), "}".to_owned()]);
    lines
}

/// The SRV record of today's name.
pub(super) fn service(seen: &Seen) -> Vec<String> {
    vec![format!("_matrix-fed._tcp.{}. 3600 IN SRV 10 5 443 {}.", seen.name.host, host(seen))]
}

/// A proxy that passes everything on as it came.
pub(super) fn proxy(seen: &Seen) -> Vec<String> {
    let mut lines = vec!["# Caddyfile".to_owned(), format!("{} {{", host(seen))];
    lines.extend(owned(&[
        "    reverse_proxy /_matrix/* 127.0.0.1:8008",
        "}",
        "# nginx: nothing behind the port",
        "location /_matrix { proxy_pass http://127.0.0.1:8008; }",
        "# Apache",
        "AllowEncodedSlashes NoDecode",
        "ProxyPass /_matrix http://127.0.0.1:8008/_matrix nocanon",
    ]));
    lines
}

/// The administration is for this machine alone.
pub(super) fn no_admin() -> Vec<String> {
    owned(&[
        "# Caddyfile, before reverse_proxy",
        "respond /_synapse/admin* 404",
        "# nginx",
        "location /_synapse/admin { return 404; }",
    ])
}

/// Nobody gets an account without a token.
pub(super) fn registration() -> Vec<String> {
    owned(&["# homeserver.yaml", "enable_registration: true", "registration_requires_token: true"])
}

/// Large uploads.
pub(super) fn upload() -> Vec<String> {
    owned(&["# homeserver.yaml", "max_upload_size: 100M", "# nginx", "client_max_body_size 100M;"])
}

/// The name of the server.
pub(super) fn server_name(seen: &Seen) -> Vec<String> {
    vec!["# homeserver.yaml".to_owned(), format!("server_name: {}", seen.name)]
}
