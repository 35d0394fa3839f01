#!/usr/bin/env python3
"""Servers as people run them: a domain that delegates, behind Caddy.

    delegated.py up DIR      starts them with fresh data, prints where they are
    delegated.py down DIR    ends them and takes back what `up` did to the system

`example.test` delegates to `matrix.example.test:443`, which is Caddy from
Debian in front of Synapse on PostgreSQL with the C collation; Sydent is
`id.example.test`. With TRANSHUME_SLOW=1 there is `strict.test` beside it, which
delegates in the same way to a homeserver with the rate limits that they come
with. DIR is that of servers.py, which installs Synapse and Sydent.
This needs root, Debian's caddy and postgresql, and port 443 of loopback; it puts
marked lines into /etc/hosts, which `down` takes out again. Where something of
this is missing it says so and ends with 3.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import servers

HOSTS = Path("/etc/hosts")
MARK = "# a test of transhume"
DOMAIN, STRICT = "example.test", "strict.test"
NAMES = [DOMAIN, f"matrix.{DOMAIN}", f"id.{DOMAIN}", STRICT, f"matrix.{STRICT}"]
USERS = 6


class Missing(Exception):
    """What this machine does not have."""


def postgres_programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def must_be_there():
    if os.geteuid() != 0:
        raise Missing("not root")
    if not shutil.which("caddy"):
        raise Missing("no caddy (Debian package caddy)")
    if not postgres_programs():
        raise Missing("no PostgreSQL (Debian package postgresql)")
    if not shutil.which("runuser"):
        raise Missing("no runuser")
    try:
        socket.create_server(("127.0.0.1", 443)).close()
    except OSError as error:
        raise Missing(f"port 443 of loopback: {error}") from error


def hosts(add):
    """Adds our lines to /etc/hosts, or takes them out. The file stays the same
    one: in containers it cannot be replaced."""
    lines = [line for line in HOSTS.read_text().splitlines(keepends=True) if MARK not in line]
    taken = [name for name in NAMES if any(name in line.split() for line in lines)]
    if add and taken:
        raise Missing(f"/etc/hosts has {taken[0]} already")
    if add:
        lines += [f"127.0.0.1 {name} {MARK}\n" for name in NAMES]
    HOSTS.write_text("".join(lines))


def as_postgres(*command):
    # PostgreSQL refuses to run as root, and its user may not read our folders.
    command = ["runuser", "-u", "postgres", "--", *map(str, command)]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"servers: {command[4]}: {done.stdout[-1000:]}{done.stderr[-2000:]}")


def start_postgres(data, port):
    programs = postgres_programs()
    place = Path(tempfile.mkdtemp(prefix="transhume-postgres-"))
    (data / "postgres").write_text(f"{programs}\n{place}\n")
    shutil.chown(place, "postgres", "postgres")
    as_postgres(programs / "initdb", "-D", place / "db", "--encoding=UTF8", "--locale=C", "-A", "trust")
    # The output has to go somewhere: who starts a server must not wait for it.
    options = f"-h 127.0.0.1 -p {port} -k {place} -c fsync=off"
    as_postgres(programs / "pg_ctl", "-D", place / "db", "-w", "-l", place / "log", "-o", options, "start")
    for database in ("synapse", "strict"):
        sql = f"CREATE DATABASE {database} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        as_postgres(programs / "psql", "-q", "-h", "127.0.0.1", "-p", port, "-c", sql)


def stop_postgres(data):
    if not (data / "postgres").exists():
        return
    programs, place = map(Path, (data / "postgres").read_text().split())
    if (place / "db" / "postmaster.pid").exists():
        as_postgres(programs / "pg_ctl", "-D", place / "db", "-w", "-m", "immediate", "stop")
    shutil.rmtree(place, ignore_errors=True)
    (data / "postgres").unlink()


def delegation(domain, port):
    """A domain that delegates to its homeserver, and the homeserver."""
    client = {
        "m.homeserver": {"base_url": f"https://matrix.{domain}"},
        "m.identity_server": {"base_url": f"https://id.{DOMAIN}"},
    }
    return f"""\
{domain} {{
    header /.well-known/matrix/* Content-Type application/json
    respond /.well-known/matrix/server `{json.dumps({"m.server": f"matrix.{domain}:443"})}`
    respond /.well-known/matrix/client `{json.dumps(client)}`
}}
matrix.{domain} {{
    reverse_proxy /_matrix/* 127.0.0.1:{port}
}}
"""


def caddy_settings(data, ports):
    strict = delegation(STRICT, ports["strict"]) if "strict" in ports else ""
    return f"""\
{{
    admin off
    skip_install_trust
    local_certs
    auto_https disable_redirects
    default_bind 127.0.0.1
    storage file_system {data}/caddy
}}
{delegation(DOMAIN, ports["homeserver"])}{strict}id.{DOMAIN} {{
    reverse_proxy /_matrix/identity/* 127.0.0.1:{ports["identity"]}
}}
"""


def homeserver_settings(domain, name, port, postgres, authority, data, limits):
    shared = servers.synapse_settings(
        domain, f"https://matrix.{domain}", f"https://id.{DOMAIN}", authority
    )
    return f"""{shared}
pid_file: "{data}/{name}.pid"
signing_key_path: "{data}/{name}.signing.key"
media_store_path: "{data}/{name}.media"
listeners:
  - {{port: {port}, bind_addresses: ["127.0.0.1"], type: http, tls: false, x_forwarded: true,
     resources: [{{names: [client, federation], compress: false}}]}}
database:
  name: psycopg2
  args: {{user: postgres, dbname: {name}, host: 127.0.0.1, port: {postgres}, cp_min: 1, cp_max: 5}}
{limits}"""


def up(folder):
    # What an earlier run left behind would be in the way.
    down(folder)
    must_be_there()
    base, data = folder / "delegated", folder / "delegated" / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    hosts(add=True)
    slow = os.environ.get("TRANSHUME_SLOW") == "1"
    names = ["homeserver", "identity", "identity_internal", "mail", "postgres"] + (["strict"] if slow else [])
    ports = dict(zip(names, servers.free_ports(len(names))))
    start_postgres(data, ports["postgres"])

    (data / "Caddyfile").write_text(caddy_settings(data, ports))
    caddy = ["caddy", "run", "--adapter", "caddyfile", "--config", data / "Caddyfile"]
    place = {name: str(data) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    front = servers.start(data, "caddy", caddy, **place)
    root = data / "caddy/pki/authorities/local/root.crt"
    for _ in range(200):
        if root.exists() and root.stat().st_size:
            break
        time.sleep(0.1)
    authority = data / "authority.pem"
    shutil.copy(root, authority)
    servers.wait_for(data, "caddy", front, f"https://{DOMAIN}/.well-known/matrix/server", authority)

    def synapse_at(domain, name, port, limits):
        settings = homeserver_settings(domain, name, ports[port], ports["postgres"], authority, data, limits)
        return servers.start_synapse(folder, data, name, settings, authority)

    synapse = synapse_at(DOMAIN, "synapse", "homeserver", servers.generous_limits())
    strict = synapse_at(STRICT, "strict", "strict", "") if slow else None
    (data / "terms.yaml").write_text(servers.TERMS)
    conf = servers.sydent_settings(data, ports, f"id.{DOMAIN}", f"https://id.{DOMAIN}")
    (data / "sydent.conf").write_text(conf)
    servers.start_mail_sink(folder, data, ports["mail"])
    sydent = servers.start_sydent(folder, data)
    # Caddy answers before they do.
    direct, identity = (f"http://127.0.0.1:{ports[name]}" for name in ("homeserver", "identity"))
    servers.wait_for(data, "synapse", synapse, f"{direct}/_matrix/client/versions")
    servers.wait_for(data, "sydent", sydent, f"{identity}/_matrix/identity/v2")
    if slow:
        limited = f"http://127.0.0.1:{ports['strict']}"
        servers.wait_for(data, "strict", strict, f"{limited}/_matrix/client/versions")
    told = {
        "server_name": DOMAIN,
        "homeserver": direct,
        "homeserver_tls": f"https://matrix.{DOMAIN}",
        "identity_tls": f"https://id.{DOMAIN}",
        "identity_internal": f"http://127.0.0.1:{ports['identity_internal']}",
        "authority": str(authority),
        "mails": str(data / "mails"),
        "users": {f"u{number:02}": servers.register(direct, f"u{number:02}") for number in range(USERS)},
        "strict": {f"s{number:02}": servers.register(limited, f"s{number:02}") for number in range(3)} if slow else {},
    }
    (base / "delegated.json").write_text(json.dumps(told, indent=1))
    servers.say(f"up; {base / 'delegated.json'}")


def down(folder):
    data = folder / "delegated" / "data"
    servers.down(folder / "delegated")
    stop_postgres(data)
    if os.geteuid() == 0 and MARK in HOSTS.read_text():
        hosts(add=False)


COMMANDS = {"up": up, "down": down}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    try:
        COMMANDS[sys.argv[1]](Path(sys.argv[2]).resolve())
    except Missing as missing:
        print(f"skipped: the servers behind a domain that delegates are not run: {missing}")
        sys.exit(3)
    except BaseException:
        down(Path(sys.argv[2]).resolve())
        raise
