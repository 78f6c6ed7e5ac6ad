"""How LibreOffice is started: with a profile that follows no link and runs no macro, and without a network.

A Word template of an officer may link to pictures and documents elsewhere. LibreOffice would fetch them over the
network or embed files from outside of the project. The profile forbids it, the environment names no proxy and no home,
and where the system lets a user give up the network (Linux, ``unshare``), the program has none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SETTINGS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "DisableMacrosExecution": ("boolean", "true"),
        "MacroSecurityLevel": ("int", "3"),
        "DisableActiveContent": ("boolean", "true"),
        "BlockUntrustedRefererLinks": ("boolean", "true"),
    },
    "/org.openoffice.Office.Writer/Content/Update": {"Link": ("int", "0"), "Field": ("boolean", "false")},
    "/org.openoffice.Office.Common/Load": {"UpdateDocMode": ("short", "0")},
    "/org.openoffice.Office.Common/History": {"PickListSize": ("int", "0")},
    "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments": {
        "AutoCheckEnabled": ("boolean", "false"),
    },
    "/org.openoffice.Inet/Settings": {
        "ooInetProxyType": ("int", "2"),
        "ooInetHTTPProxyName": ("string", "127.0.0.1"),
        "ooInetHTTPProxyPort": ("int", "9"),
        "ooInetHTTPSProxyName": ("string", "127.0.0.1"),
        "ooInetHTTPSProxyPort": ("int", "9"),
        "ooInetNoProxy": ("string", ""),
    },
}
"""By path and name, with the type: links are never followed, macros never run, updates never asked for, no list of
recent documents is kept, and what would fetch after all asks a port of this machine where nobody listens."""

ITEM = (
    '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse" oor:type="xs:{kind}">'
    "<value>{value}</value></prop></item>"
)


def profile(folder: Path) -> Path:
    """Write a profile into a folder that is not there yet; return the folder."""
    items = "".join(
        ITEM.format(path=path.replace("'", "&apos;"), name=name, kind=kind, value=value)
        for path, props in SETTINGS.items()
        for name, (kind, value) in props.items()
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>\n',
        encoding="utf-8",
    )
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of this process without proxies, with the folder for home and temporary files."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.casefold().endswith("_proxy") and not name.startswith("XDG_")
    }
    return kept | dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP"), str(folder))


@cache
def without_network() -> tuple[str, ...]:
    """Return what to put before a command so that it has no network; nothing where the system cannot."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    before = (program, "--map-root-user", "--net", "--")
    tried = subprocess.run([*before, "true"], check=False, capture_output=True)  # noqa: S603 - a program of the system
    return before if tried.returncode == 0 else ()
