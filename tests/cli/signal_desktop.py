"""Makes a database as Signal Desktop does, with SQLCipher (PyPI: sqlcipher3).

Reads from stdin {"folder", "key", "sql", "late"}. Where there is something
"late", it stands in the log alone, as while Signal Desktop runs.
"""

import json
import shutil
import sys
from pathlib import Path

from sqlcipher3 import dbapi2

wanted = json.load(sys.stdin)
folder = Path(wanted["folder"])
folder.mkdir(parents=True, exist_ok=True)
source = folder / "source.sqlite"
connection = dbapi2.connect(str(source))
connection.execute(f"""PRAGMA key = "x'{wanted["key"]}'" """)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("PRAGMA wal_autocheckpoint = 0")
connection.executescript(wanted["sql"])
connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
for statement in wanted["late"]:
    connection.execute(statement)
    connection.commit()
shutil.copyfile(source, folder / "db.sqlite")
log = folder / "source.sqlite-wal"
if wanted["late"]:
    shutil.copyfile(log, folder / "db.sqlite-wal")
connection.close()
for left in folder.glob("source.sqlite*"):
    left.unlink()
