#!/usr/bin/env python3
"""Answers a table of questions in LibreOffice, as a person would.

    answer.py IN OUT SAVED ABOUT=ANSWER...

IN is opened as LibreOffice's own dialogue proposes (UTF-8, commas). Into the
column "answer" of the row whose column "about" holds ABOUT goes ANSWER, typed:
what looks like a number becomes one. It is saved as OUT with the options SAVED
of the CSV filter. Exit 77: there is no LibreOffice, or no bridge to it.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

try:
    import uno
    from com.sun.star.beans import PropertyValue
except ImportError:
    sys.exit(77)

OPENED = "44,34,76,1,,0,false,true,false"


def prop(name, value):
    """One argument of LibreOffice's."""
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def connect(pipe, office):
    """Waits until the office answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local)
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    for _ in range(600):
        if office.poll() not in (None, 0, 81):
            sys.exit(f"soffice ended with {office.returncode}")
        try:
            return resolver.resolve(url)
        except Exception:  # noqa: BLE001: whatever it says, it is not ready yet
            time.sleep(0.1)
    sys.exit("soffice does not answer")


def answer(sheet, answers):
    """Types the answers."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    cell = sheet.getCellByPosition
    heads = {cell(column, 0).String: column for column in range(end.EndColumn + 1)}
    for about, said in answers:
        rows = [row for row in range(1, end.EndRow + 1)
                if about in cell(heads["about"], row).String]
        if len(rows) != 1:
            sys.exit(f"{about}: {len(rows)} rows; columns {heads}")
        # As typed: what looks like a number is one.
        cell(heads["answer"], rows[0]).Formula = said


def main():
    """Opens, answers, saves."""
    given, saved, options, *answers = sys.argv[1:]
    program = shutil.which("soffice")
    if program is None:
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="transhume-office-") as profile:
        pipe = f"transhume{os.getpid()}"
        office = subprocess.Popen([
            program, "--headless", "--norestore", "--nologo", "--nodefault",
            f"-env:UserInstallation={pathlib.Path(profile).as_uri()}",
            f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            context = connect(pipe, office)
            desktop = context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context)
            url = pathlib.Path(given).absolute().as_uri()
            table = desktop.loadComponentFromURL(url, "_blank", 0, (
                prop("Hidden", True),
                prop("FilterName", "Text - txt - csv (StarCalc)"),
                prop("FilterOptions", OPENED)))
            answer(table.Sheets.getByIndex(0),
                   [one.split("=", 1) for one in answers])
            table.storeToURL(pathlib.Path(saved).absolute().as_uri(), (
                prop("FilterName", "Text - txt - csv (StarCalc)"),
                prop("FilterOptions", options)))
            table.close(True)
            desktop.terminate()
            office.wait(60)
        finally:
            if office.poll() is None:
                office.kill()
                office.wait()


main()
