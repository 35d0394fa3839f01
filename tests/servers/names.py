"""A name server for a handful of names, each of which has one address."""

import socket
import struct
import threading

A, OK, NO_SUCH_NAME = 1, 0, 3


class Names:
    """Answers on a port of loopback until the program ends."""

    def __init__(self, addresses):
        self.addresses = {name: socket.inet_aton(address) for name, address in addresses.items()}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.place = "%s:%d" % self.socket.getsockname()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            query, client = self.socket.recvfrom(1500)
            self.socket.sendto(self.answer(query), client)

    def answer(self, query):
        end, labels = 12, []
        while length := query[end]:
            labels.append(query[end + 1 : end + 1 + length].decode("ascii").lower())
            end += length + 1
        end += 5
        kind = struct.unpack(">H", query[end - 4 : end - 2])[0]
        address = self.addresses.get(".".join(labels))
        found = [struct.pack(">HHHIH", 0xC00C, A, 1, 300, 4) + address] if address and kind == A else []
        flags = 0x8180 | (OK if address else NO_SUCH_NAME)
        return query[:2] + struct.pack(">HHHHH", flags, 1, len(found), 0, 0) + query[12:end] + b"".join(found)
