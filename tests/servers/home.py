#!/usr/bin/env python3
"""A homeserver as `transhume homeserver init` wrote it, without containers.

    home.py try FOLDER DIR    starts it, uses it, backs it up and restores it, ends it

FOLDER is what `transhume homeserver init` wrote; it is used as it is, but for what
containers would give: paths below /data, the names and ports of the others, and
Caddy's own authority in the place of a public one. DIR is that of servers.py, which
installs Synapse. What came of it is printed as JSON.
This needs root, Debian's caddy and postgresql, and port 443 of an address of loopback. Where
something of this is missing it says so and ends with 3.
"""

import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import delegated
import servers
from names import Names

# Another one than that of delegated.py, and of another that is tried at the same time.
OF_THIS_RUN = f"{1 + os.getpid() // 250 % 250}.{2 + os.getpid() % 250}"
ADDRESS, OTHER_ADDRESS = f"127.0.{OF_THIS_RUN}", f"127.1.{OF_THIS_RUN}"


def must_be_there(folder, address):
    if os.geteuid() != 0:
        raise delegated.Missing("not root")
    if not shutil.which("caddy"):
        raise delegated.Missing("no caddy (Debian package caddy)")
    if not delegated.postgres_programs():
        raise delegated.Missing("no PostgreSQL (Debian package postgresql)")
    if not shutil.which("runuser"):
        raise delegated.Missing("no runuser")
    if not servers.python(folder, "synapse").exists():
        raise delegated.Missing("no Synapse (servers.py install)")
    try:
        socket.create_server((address, 443)).close()
    except OSError as error:
        raise delegated.Missing(f"port 443 of {address}: {error}") from error


class Home:
    """A server that runs by a folder."""

    def __init__(self, folder, installed, address):
        import yaml

        self.yaml, self.folder, self.installed, self.address = yaml, folder, installed, address
        # What is started as Synapse, and what it is told beside what containers change.
        self.synapse, self.changed = ["-m", "synapse.app.homeserver"], {}
        self.data = Path(tempfile.mkdtemp(prefix="transhume-home-"))
        # PostgreSQL runs as another user.
        self.data.chmod(0o755)
        self.settings = yaml.safe_load((folder / "homeserver.yaml").read_text())
        self.compose = yaml.safe_load((folder / "compose.yaml").read_text())
        self.secrets = dict(
            line.split("=", 1) for line in (folder / ".env").read_text().splitlines() if not line.startswith("#")
        )
        self.name = self.settings["server_name"]
        self.postgres, self.port = servers.free_ports(2)
        # One that was there before, and still is: `transhume homeserver init` made the rest.
        self.existing = "database" not in self.compose["services"]
        if self.existing:
            self.postgres = self.settings["database"]["args"]["port"]
        self.database = self.data / "postgres"
        self.processes = []

    def start(self, name, command, **environment):
        process = servers.start(self.data, name, command, **environment)
        self.processes.append(process)
        return process

    def expand(self, value):
        """What Compose makes of a variable."""
        return re.sub(r"\$\{(\w+):\?\}", lambda found: self.secrets[found[1]], value)

    def start_postgres(self):
        """As the image does it: by the variables of compose.yaml."""
        given = {key: self.expand(value) for key, value in self.compose["services"]["database"]["environment"].items()}
        programs = delegated.postgres_programs()
        self.database.mkdir()
        password = self.database / "password"
        password.write_text(given["POSTGRES_PASSWORD"])
        shutil.chown(self.database, "postgres", "postgres")
        shutil.chown(password, "postgres", "postgres")
        cluster = self.database / "db"
        delegated.as_postgres(
            "env", "LANG=C.UTF-8", programs / "initdb", "-D", cluster, "-U", given["POSTGRES_USER"],
            f"--pwfile={password}", "-A", "scram-sha-256", *given["POSTGRES_INITDB_ARGS"].split(),
        )
        options = f"-h 127.0.0.1 -p {self.postgres} -k {self.database} -c fsync=off"
        delegated.as_postgres(
            programs / "pg_ctl", "-D", cluster, "-w", "-l", self.database / "log", "-o", options, "start"
        )
        self.sql("postgres", f"CREATE DATABASE {given['POSTGRES_DB']}")

    def sql(self, database, text):
        environment = {**os.environ, "PGPASSWORD": self.secrets["POSTGRES_PASSWORD"], "PGHOST": "127.0.0.1"}
        command = ["psql", "-X", "-A", "-t", "-q", "-p", self.postgres, "-U", self.settings["database"]["args"]["user"]]
        command += ["-d", database, "-c", text]
        done = subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"home: psql: {done.stderr}")
        return done.stdout.strip()

    def start_synapse(self):
        """By homeserver.yaml as it is, and a second file with what containers change."""
        paths = {key: value for key, value in self.settings.items() if str(value).startswith("/data/")}
        inside = {key: value.replace("/data/", f"{self.folder}/") for key, value in paths.items()}
        here = {"port": self.port, "bind_addresses": ["127.0.0.1"]}
        listeners = [{**listener, **here} for listener in self.settings["listeners"]]
        database = dict(self.settings["database"])
        database["args"] = {**database["args"], "host": "127.0.0.1", "port": self.postgres}
        changed = {**inside, "listeners": listeners, "database": database, "pid_file": str(self.data / "synapse.pid")}
        (self.data / "containers.yaml").write_text(self.yaml.safe_dump({**changed, **self.changed}))
        given = {key: self.expand(value) for key, value in self.compose["services"]["synapse"]["environment"].items()}
        app = [servers.python(self.installed, "synapse"), *self.synapse]
        app += ["-c", self.folder / "homeserver.yaml", "-c", self.data / "containers.yaml"]
        process = self.start("synapse", app, PGPASSWORD=given["PGPASSWORD"])
        servers.wait_for(self.data, "synapse", process, f"http://127.0.0.1:{self.port}/_matrix/client/versions")
        return process

    def start_caddy(self):
        """By the Caddyfile as it is, behind what makes it a server on loopback."""
        ours = f"""\
{{
    admin off
    skip_install_trust
    local_certs
    auto_https disable_redirects
    default_bind {self.address}
    storage file_system {self.data}/caddy
}}
"""
        written = (self.folder / "Caddyfile").read_text()
        assert "synapse:8008" in written
        (self.data / "Caddyfile").write_text(ours + written.replace("synapse:8008", f"127.0.0.1:{self.port}"))
        place = {name: str(self.data) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        self.start("caddy", ["caddy", "run", "--adapter", "caddyfile", "--config", self.data / "Caddyfile"], **place)
        self.authority = self.data / "caddy/pki/authorities/local/root.crt"
        for _ in range(200):
            try:
                self.ask(self.name, "/.well-known/matrix/server")
                return
            except (OSError, ssl.SSLError):
                time.sleep(0.1)
        sys.exit("home: Caddy does not answer: " + (self.data / "caddy.log").read_text()[-3000:])

    def ask(self, host, path, method="GET", body=None, token=None):
        """Asks as the internet does: by name, through port 443."""
        context = ssl.create_default_context(cafile=self.authority)
        connection = http.client.HTTPSConnection(host, context=context, timeout=20)
        raw = socket.create_connection((self.address, 443), timeout=20)
        connection.sock = context.wrap_socket(raw, server_hostname=host)
        headers = {"Origin": "https://app.example.net"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        try:
            told = json.loads(text)
        except ValueError:
            told = text
        return {"status": answer.status, "headers": {k.lower(): v for k, v in answer.getheaders()}, "body": told}

    def direct(self, method, path, body=None, token=None):
        """Asks in the container, as register_new_matrix_user does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        return json.loads(connection.getresponse().read())

    def first_account(self, name):
        secret = (self.folder / "secrets/registration").read_text().strip()
        nonce = self.direct("GET", "/_synapse/admin/v1/register")["nonce"]
        password = f"password-of-{name}"
        mac = hmac.new(secret.encode(), b"\0".join(
            part.encode() for part in (nonce, name, password, "admin")), hashlib.sha1).hexdigest()
        return self.direct("POST", "/_synapse/admin/v1/register", {
            "nonce": nonce, "username": name, "password": password, "admin": True, "mac": mac})

    def register(self, name, token):
        """As a client does it for somebody who has a token."""
        body = {"username": name, "password": f"password-of-{name}"}
        begun = self.ask(f"matrix.{self.name}", "/_matrix/client/v3/register", "POST", body)
        flows = begun["body"]["flows"]
        kind = "m.login.registration_token"
        body["auth"] = {"type": kind, "token": token, "session": begun["body"]["session"]}
        step = self.ask(f"matrix.{self.name}", "/_matrix/client/v3/register", "POST", body)
        if "user_id" not in step["body"] and "session" in step["body"]:
            body["auth"] = {"type": "m.login.dummy", "session": step["body"]["session"]}
            step = self.ask(f"matrix.{self.name}", "/_matrix/client/v3/register", "POST", body)
        return flows, step["body"]

    def login(self, name):
        body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": name},
                "password": f"password-of-{name}"}
        return self.ask(f"matrix.{self.name}", "/_matrix/client/v3/login", "POST", body)["body"].get("user_id")

    def script(self, *command):
        """Runs a script of the folder. What it does by Docker is done here."""
        programs = self.data / "programs"
        programs.mkdir(exist_ok=True)
        docker = programs / "docker"
        # exec -T --env PGUSER=… database PROGRAM …
        docker.write_text(f"""#!/bin/sh
echo "$*" >>{self.data}/docker.calls
[ "$1" = compose ] || exit 9
case $2 in
    exec) shift 4; user=$1; [ "$2" = database ] || exit 9; shift 2
        exec env "$user" PGHOST={self.database} PGPORT={self.postgres} PGPASSWORD={self.secrets["POSTGRES_PASSWORD"]} "$@" ;;
    stop) [ "$3" = synapse ] ;;
    *) exit 9 ;;
esac
""")
        docker.chmod(0o755)
        path = f"{programs}:{os.environ['PATH']}"
        done = subprocess.run(list(map(str, command)), cwd="/", env={**os.environ, "PATH": path},
                              capture_output=True, text=True)
        return {"code": done.returncode, "stdout": done.stdout, "stderr": done.stderr}

    def check(self):
        """What the program itself says of it, from outside and from inside."""
        names = Names({self.name: self.address, f"matrix.{self.name}": self.address})
        command = [os.environ["TRANSHUME_PROGRAM"], "homeserver", "check", self.name, "--json", "--allow-private"]
        command += ["--resolver", names.place, "--ca-file", self.authority, "--local", self.folder]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.data)}
        done = subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True)
        return {"code": done.returncode, "stderr": done.stderr,
                "findings": [json.loads(line) for line in done.stdout.splitlines()]}

    def end(self, process):
        process.terminate()
        process.wait(30)
        self.processes.remove(process)

    def down(self):
        for process in list(self.processes):
            self.end(process)
        if not self.existing and (self.database / "db/postmaster.pid").exists():
            programs = delegated.postgres_programs()
            delegated.as_postgres(programs / "pg_ctl", "-D", self.database / "db", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.data, ignore_errors=True)


def use(home):
    """Everything that somebody does with a server."""
    host = f"matrix.{home.name}"
    told = {}
    if not home.existing:
        home.start_postgres()
    synapse = home.start_synapse()
    home.start_caddy()
    database = home.settings["database"]["args"]["dbname"]
    told["collation"] = home.sql(database, "SELECT datcollate, datctype, pg_encoding_to_char(encoding)"
                                 " FROM pg_database WHERE datname = current_database()")
    told["well_known_server"] = home.ask(home.name, "/.well-known/matrix/server")
    told["well_known_client"] = home.ask(home.name, "/.well-known/matrix/client")
    told["versions"] = home.ask(host, "/_matrix/client/versions")
    told["federation"] = home.ask(host, "/_matrix/federation/v1/version")
    told["keys"] = home.ask(host, "/_matrix/key/v2/server")
    told["unknown"] = home.ask(host, "/_matrix/client/v3/nothing%2Fhere")
    told["outside"] = {path: home.ask(host, path)["status"] for path in (
        "/_synapse/admin/v1/server_version", "/_matrix/../_synapse/admin/v1/server_version",
        "/_matrix/%2e%2e/_synapse/admin/v1/server_version", "//_synapse/admin/v1/server_version",
        "/_synapse/client/../admin/v1/server_version", "/health", "/")}
    told["check"] = home.check()
    told["first"] = home.first_account("ada")
    admin = told["first"]["access_token"]
    told["inside"] = home.direct("GET", "/_synapse/admin/v1/server_version")
    token = home.direct("POST", "/_synapse/admin/v1/registration_tokens/new", {"uses_allowed": 1}, admin)["token"]
    told["flows"], told["second"] = home.register("bo", token)
    told["third"] = home.register("cy", token)[1]
    told["fourth"] = home.register("di", "a-guess")[1]

    kept = home.data / "kept"
    told["backup"] = home.script(home.folder / "backup.sh", kept)
    backups = sorted(kept.iterdir())
    told["backups"] = {str(path.relative_to(kept)): oct(path.stat().st_mode & 0o777)
                       for backup in backups for path in (backup, *sorted(backup.iterdir()))}
    told["listed"] = subprocess.run(["tar", "-tf", backups[0] / "files.tar"], capture_output=True, text=True).stdout.split()
    home.register("ed", home.direct("POST", "/_synapse/admin/v1/registration_tokens/new", {}, admin)["token"])
    told["before"] = [home.login(name) for name in ("ada", "bo", "ed")]
    told["refused"] = home.script(home.folder / "restore.sh", backups[0])
    home.end(synapse)
    key = (home.folder / "secrets/signing.key").read_text()
    shutil.rmtree(home.folder / "secrets")
    told["restore"] = home.script(home.folder / "restore.sh", "--replace", backups[0])
    told["key_is_back"] = (home.folder / "secrets/signing.key").read_text() == key
    # A backup that breaks off leaves everything as it was.
    broken = home.data / "broken"
    shutil.copytree(backups[0], broken)
    dump = (broken / "database.dump").read_bytes()
    (broken / "database.dump").write_bytes(dump[: len(dump) * 9 // 10])
    told["broken"] = home.script(home.folder / "restore.sh", "--replace", broken)
    home.start_synapse()
    told["after"] = [home.login(name) for name in ("ada", "bo", "ed")]
    told["docker"] = (home.data / "docker.calls").read_text().splitlines()
    return told


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] != "try":
        sys.exit(__doc__)
    where, installed = (Path(path).resolve() for path in sys.argv[2:])
    try:
        must_be_there(installed, ADDRESS)
        home = Home(where, installed, ADDRESS)
    except (delegated.Missing, ImportError) as missing:
        print(f"skipped: a server that was written is not run: {missing}")
        sys.exit(3)
    try:
        print(json.dumps(use(home)))
    finally:
        home.down()
