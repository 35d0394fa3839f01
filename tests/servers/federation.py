#!/usr/bin/env python3
"""Two homeservers as `transhume homeserver init` wrote them, which talk to each other.

    federation.py FOLDER FOLDER DIR    starts both, lets somebody of the one write to
                                       somebody of the other and back, ends both

They find each other as servers on the internet do: by the name in an address of Matrix,
its well-known, the host that stands there and its certificate. What home.py changes in
the place of containers is changed here too, and beside that only: each trusts Caddy's
own authority of the other and may reach its address, which is one of loopback; names
are asked of a name server of ours. What came of it is printed as JSON. It needs what
home.py needs, and ends with 3 where something of that is missing.
"""

import contextlib
import json
import sys
import time
from pathlib import Path
from urllib.parse import quote

import delegated
import home
from names import Names

# What somebody waits for at most until a message is there.
PATIENCE = 60


class Person:
    """Somebody with an account on one of them, who asks as an app does."""

    def __init__(self, server, account):
        self.server, self.id, self.token = server, account["user_id"], account["access_token"]

    def ask(self, method, path, body=None):
        host = f"matrix.{self.server.name}"
        answer = self.server.ask(host, f"/_matrix/client/v3{path}", method, body, self.token)
        if answer["status"] != 200:
            sys.exit(f"federation: {self.id}: {method} {path}: {answer['status']} {answer['body']}")
        return answer["body"]

    def write(self, room, text):
        body = {"msgtype": "m.text", "body": text}
        return self.ask("PUT", f"/rooms/{quote(room)}/send/m.room.message/{time.monotonic_ns()}", body)["event_id"]

    def invited_by(self, room):
        """Who invites to a room; none as long as nobody does."""
        there = self.ask("GET", "/sync").get("rooms", {}).get("invite", {}).get(room)
        events = there["invite_state"]["events"] if there else []
        return next((e["sender"] for e in events if e.get("state_key") == self.id), None)

    def read(self, room, event):
        """One message, as it is in the room for them; none as long as it is not there."""
        there = self.ask("GET", f"/rooms/{quote(room)}/messages?dir=b&limit=20")["chunk"]
        found = [e for e in there if e["event_id"] == event]
        return {"sender": found[0]["sender"], "body": found[0]["content"]["body"]} if found else None

    def wait(self, look, *about):
        """Looks again and again, as an app does."""
        for _ in range(PATIENCE * 2):
            if found := look(*about):
                return found
            time.sleep(0.5)
        log = (self.server.data / "synapse.log").read_text(errors="replace")
        sys.exit(f"federation: {self.id} waits in vain for {about}; the end of the log:\n{log[-3000:]}")


def somebody(server, name):
    """An account as people get theirs: by a token that the first account made."""
    admin = server.first_account(f"keeper-of-{name}")["access_token"]
    made = server.direct("POST", "/_synapse/admin/v1/registration_tokens/new", {"uses_allowed": 1}, admin)
    return Person(server, server.register(name, made["token"])[1])


def start(one, other):
    addresses = {host: server.address for server in (one, other) for host in (server.name, f"matrix.{server.name}")}
    place = Names(addresses).place
    # Their authorities come with Caddy, and Synapse reads the other's when it starts.
    for server in (one, other):
        server.start_postgres()
        server.start_caddy()
    for server, far in ((one, other), (other, one)):
        server.changed = {
            "federation_custom_ca_list": [str(far.authority)],
            "ip_range_whitelist": [f"{far.address}/32"],
        }
        server.synapse = [Path(__file__).with_name("named_synapse.py"), place]
        server.start_synapse()


def use(one, other):
    start(one, other)
    told = {"names": [one.name, other.name]}
    ada, bo = somebody(one, "ada"), somebody(other, "bo")
    told["people"] = [ada.id, bo.id]
    room = ada.ask("POST", "/createRoom", {"preset": "private_chat", "invite": [bo.id], "is_direct": True})["room_id"]
    told["invited_by"] = bo.wait(bo.invited_by, room)
    bo.ask("POST", f"/join/{quote(room)}?server_name={one.name}", {})
    told["members"] = {person.id: sorted(person.ask("GET", f"/rooms/{quote(room)}/joined_members")["joined"])
                       for person in (ada, bo)}
    told["there"] = bo.wait(bo.read, room, ada.write(room, "Is the bread still warm?"))
    told["back"] = ada.wait(ada.read, room, bo.write(room, "It is, come over."))
    told["checks"] = [server.check() for server in (one, other)]
    return told


def main(folders, installed):
    try:
        # Each is ended, even where ending the other fails.
        with contextlib.ExitStack() as ends:
            servers = []
            for folder, address in zip(folders, (home.ADDRESS, home.OTHER_ADDRESS)):
                home.must_be_there(installed, address)
                servers.append(home.Home(folder, installed, address))
                ends.callback(servers[-1].down)
            print(json.dumps(use(*servers)))
    except (delegated.Missing, ImportError) as missing:
        print(f"skipped: two servers that were written are not run: {missing}")
        sys.exit(3)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    *both, servers_folder = (Path(path).resolve() for path in sys.argv[1:])
    main(both, servers_folder)
