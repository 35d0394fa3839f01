"""Takes every letter that comes by SMTP and keeps it as a file of its own.

    mail_sink.py FOLDER PORT
"""

import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self, folder):
        self.folder, self.count = folder, 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        path = self.folder / f"{self.count:06}.tmp"
        path.write_bytes("X-Rcpt: {}\r\n".format(",".join(envelope.rcpt_tos)).encode() + envelope.content)
        path.rename(path.with_suffix(".eml"))
        return "250 OK"


folder = Path(sys.argv[1])
folder.mkdir(exist_ok=True)
Controller(Sink(folder), hostname="127.0.0.1", port=int(sys.argv[2])).start()
while True:
    time.sleep(3600)
