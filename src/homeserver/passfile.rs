//! The file of passwords that PostgreSQL's own programs read (libpq, "The Password
//! File"): `host:port:database:role:password`, a line each, `*` for any.

use zeroize::Zeroizing;

/// The password of the first line that fits.
pub fn find(text: &str, host: &str, port: u16, database: &str, user: &str) -> Option<Zeroizing<String>> {
    let port = port.to_string();
    // For libpq a socket in the usual place is called so.
    let hosts = if host.starts_with('/') { [host, "localhost"] } else { [host, host] };
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = fields(line);
        let [of_host, of_port, of_database, of_user, password, ..] = fields.as_slice() else { return None };
        let fits = |field: &str, wanted: &str| field == "*" || field == wanted;
        let all = hosts.iter().any(|host| fits(of_host, host))
            && fits(of_port, &port)
            && fits(of_database, database)
            && fits(of_user, user);
        all.then(|| password.clone())
    })
}

/// The fields of a line; a backslash keeps the meaning of what comes after it.
fn fields(line: &str) -> Vec<Zeroizing<String>> {
    let mut fields = vec![Zeroizing::new(String::new())];
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        let kept = match c {
            ':' => None,
            '\\' => characters.next(),
            other => Some(other),
        };
        match (kept, fields.last_mut()) {
            (Some(kept), Some(field)) => field.push(kept),
            (None, _) if c == ':' => fields.push(Zeroizing::new(String::new())),
            _ => {}
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits_tells() {
        let text = "# a remark\n\
            db.example.org:5432:*:other:no\n\
            db.example.org:5432:postgres:admin:se\\:cr\\\\et\n\
            *:*:*:*:any\n";
        let of = |host, user| find(text, host, 5432, "postgres", user).map(|p| p.as_str().to_owned());
        assert_eq!(of("db.example.org", "admin").as_deref(), Some("se:cr\\et"));
        assert_eq!(of("db.example.net", "admin").as_deref(), Some("any"));
        assert_eq!(find("a:1:b:c\n\nx", "a", 1, "b", "c"), None, "a line that is cut");
        let socket = find("localhost:5432:*:postgres:x", "/var/run/postgresql", 5432, "postgres", "postgres");
        assert_eq!(socket.as_ref().map(|p| p.as_str()), Some("x"));
    }
}
