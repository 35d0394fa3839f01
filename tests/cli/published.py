"""Judges objects by the published JSON Schemas: `published.py FOLDER`.

Reads an object a line and answers, a line each, with the list of what is wrong
with it. The schemas themselves are judged first.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator


def judges(folder):
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        yield schema["title"], Draft202012Validator(schema)


def main():
    known = dict(judges(sys.argv[1]))
    for line in sys.stdin:
        value = json.loads(line)
        faults = [f"{fault.json_path}: {fault.message}" for fault in known[value["schema"]].iter_errors(value)]
        print(json.dumps(faults), flush=True)


main()
