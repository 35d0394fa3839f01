#!/usr/bin/env python3
"""A PostgreSQL that is there already, as `homeserver init --existing-postgres` finds it.

    postgres.py up DIR      starts one with fresh data in a folder of its own, and prints
                            as JSON where it is
    postgres.py down PLACE  ends it and removes that folder

It sorts by ICU, as clusters do that were not made for Synapse, speaks TLS, asks for
passwords, and writes every statement into its log. `postgres` is above all, `maker`
may make databases and roles, `weak` may not. DIR is that of servers.py. This needs
root and Debian's postgresql; where they are missing it says so and ends with 3.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import delegated
import servers

PASSWORD = "a-password-of-the-tests"
ROLES = f"""\
CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD '{PASSWORD}';
CREATE ROLE weak LOGIN PASSWORD '{PASSWORD}';
"""


def up(installed):
    if os.geteuid() != 0 or not shutil.which("runuser"):
        raise delegated.Missing("not root")
    programs = delegated.postgres_programs()
    if not programs:
        raise delegated.Missing("no PostgreSQL (Debian package postgresql)")
    maker = servers.python(installed, "synapse")
    if not maker.exists():
        raise delegated.Missing("nothing that makes certificates (servers.py install)")
    place = Path(tempfile.mkdtemp(prefix="transhume-existing-"))
    subprocess.run([maker, Path(__file__).with_name("certificates.py"), place], check=True)
    (place / "password").write_text(PASSWORD)
    (place / "leaf.key").chmod(0o600)
    for path in (place, *place.iterdir()):
        shutil.chown(path, "postgres", "postgres")
    place.chmod(0o755)
    delegated.as_postgres(
        programs / "initdb", "-D", place / "db", "-U", "postgres", f"--pwfile={place}/password", "-A", "scram-sha-256",
        "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en",
    )
    port = servers.free_ports(1)[0]
    options = f"-h 127.0.0.1 -p {port} -k {place} -c fsync=off -c log_statement=all -c ssl=on"
    options += f" -c ssl_cert_file={place}/leaf.pem -c ssl_key_file={place}/leaf.key"
    delegated.as_postgres(programs / "pg_ctl", "-D", place / "db", "-w", "-l", place / "log", "-o", options, "start")
    environment = {**os.environ, "PGPASSWORD": PASSWORD}
    psql = ["psql", "-X", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-c", ROLES]
    subprocess.run(psql, env=environment, check=True)
    told = {"place": str(place), "port": port, "authority": str(place / "authority.pem"), "log": str(place / "log")}
    print(json.dumps({**told, "password": PASSWORD}))


def down(place):
    programs = delegated.postgres_programs()
    if (place / "db/postmaster.pid").exists():
        delegated.as_postgres(programs / "pg_ctl", "-D", place / "db", "-w", "-m", "immediate", "stop")
    shutil.rmtree(place, ignore_errors=True)


COMMANDS = {"up": up, "down": down}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    try:
        COMMANDS[sys.argv[1]](Path(sys.argv[2]).resolve())
    except delegated.Missing as missing:
        print(f"skipped: a PostgreSQL that is there already is not run: {missing}")
        sys.exit(3)
