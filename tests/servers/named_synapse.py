"""A Synapse that asks one name server about every name, and no other.

    named_synapse.py HOST:PORT [options of synapse.app.homeserver]

What the machine itself would find out about a name is never asked for, so that nothing
leaves loopback however a server was set up.
"""

import runpy
import socket
import sys

host, port = sys.argv.pop(1).rsplit(":", 1)
PLACE = (host, int(port))
of_the_machine = socket.getaddrinfo


def is_address(name):
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, name)
            return True
        except OSError:
            pass
    return False


def look_up(name):
    from twisted.names import dns

    question, answer = dns.Message(id=1, recDes=1), dns.Message()
    question.addQuery(name.encode("ascii"), dns.A)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(5)
        asking.sendto(question.toStr(), PLACE)
        answer.fromStr(asking.recv(1500))
    return [record.payload.dottedQuad() for record in answer.answers if record.type == dns.A]


def getaddrinfo(name, *more, **named):
    name = name.decode("ascii") if isinstance(name, bytes) else name
    if name in (None, "", "localhost") or is_address(name):
        return of_the_machine(name, *more, **named)
    if found := look_up(name):
        return [one for address in found for one in of_the_machine(address, *more, **named)]
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


# Twisted takes the function when it is imported.
socket.getaddrinfo = getaddrinfo

import synapse  # noqa: E402,F401 (says which reactor there is to be)
from twisted.names import client  # noqa: E402

# Services (SRV) are asked for past the function.
client.theResolver = client.Resolver(servers=[PLACE])
runpy.run_module("synapse.app.homeserver", run_name="__main__", alter_sys=True)
