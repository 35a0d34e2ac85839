"""Turns an old Word file (.doc) into .docx with LibreOffice, where the machine has it."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

from contest.banks.formats.file_shape import OLE_SIGNATURE
from contest.banks.formats.safety import check_size
from contest.banks.formats.unreadable import Unreadable

CONVERTER = "soffice"
SECONDS = 60
MEGABYTES = 2048
# LibreOffice is a script that starts the program: limits set before it starts bind both.
# Where the system allows it, it has no network at all: a document may name pictures of other servers.
LIMITED = (
    "import ctypes, os, resource, sys\n"
    "ctypes.CDLL(None).unshare(0x10000000 | 0x40000000)  # CLONE_NEWUSER | CLONE_NEWNET\n"
    "memory, seconds = int(sys.argv[1]) * 1024 * 1024, int(sys.argv[2])\n"
    "resource.setrlimit(resource.RLIMIT_AS, (memory, memory))\n"
    "resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))\n"
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (100 * 1024 * 1024,) * 2)\n"
    "os.execv(sys.argv[3], sys.argv[3:])\n"
)


# What LibreOffice would ask a person about: no macro runs, nothing is fetched (a proxy that is not there).
_CHOSEN = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _CHOSEN
    )
    names = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {names}>{items}</oor:items>\n'


def can_convert() -> bool:
    """Whether LibreOffice is installed on this machine."""
    return which(CONVERTER) is not None


def as_docx(content: bytes, seconds: int = SECONDS) -> bytes:
    """The same document as .docx; a file that is no old Word file comes back as it is.

    Unreadable("legacy_doc") without LibreOffice, and where it makes nothing of the file in time.
    """
    if not content.startswith(OLE_SIGNATURE):
        return content
    program = which(CONVERTER)
    if program is None:
        raise Unreadable("legacy_doc")
    check_size(content)
    with tempfile.TemporaryDirectory(prefix="old-word-") as folder:
        (Path(folder) / "old.doc").write_bytes(content)
        user = Path(folder) / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_settings())
        _run(program, Path(folder), seconds)
        made = Path(folder) / "old.docx"
        if not made.exists():
            raise Unreadable("legacy_doc")
        return made.read_bytes()


def _run(program: str, folder: Path, seconds: int) -> None:
    """Let LibreOffice work in a folder of its own, with a home, settings and profile of its own, offline."""
    command = [sys.executable, "-c", LIMITED, str(MEGABYTES), str(seconds), program]
    options = ["--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
    wanted = ["--convert-to", "docx", "--outdir", str(folder), str(folder / "old.doc")]
    with subprocess.Popen(  # noqa: S603 -- a program found on the PATH, with a file of our own naming
        [*command, *options, *wanted],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Unreadable("too_slow") from None
        finally:
            _end_group(process)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """The script and the program it started both end."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
