"""Reads an uploaded file in a throw-away process with limits, so that no file can harm the server."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from contest.banks.formats.parsed_json import bank_from_json
from contest.banks.formats.safety import check_size
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import ParsedBank

PROJECT = Path(__file__).resolve().parents[3]
CHILD = "contest.banks.formats.parser_process"
# Nothing else of the server's environment (its secrets, its database) reaches the child.
PASSED_ON = ("PATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")

log = logging.getLogger(__name__)


def read_in_child(
    content: bytes,
    filename: str,
    key_file: bytes | None = None,
    seconds: int = 30,
    megabytes: int = 768,
) -> ParsedBank:
    """What `read.read_bank` gives, read by a child process within so many seconds and megabytes.

    Unreadable also when the child was too slow, took too much memory or died.
    """
    for part in filter(None, (content, key_file)):
        check_size(part)
    head = {
        "filename": filename,
        "content": len(content),
        "key_file": None if key_file is None else len(key_file),
        "seconds": seconds,
        "megabytes": megabytes,
    }
    letter = json.dumps(head).encode() + b"\n" + content + (key_file or b"")
    with subprocess.Popen(  # noqa: S603 -- our own interpreter and code; the file goes in by pipe
        [sys.executable, "-P", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    ) as process:
        try:
            answer, complaint = process.communicate(letter, timeout=seconds)
        except subprocess.TimeoutExpired as late:
            raise Unreadable("too_slow") from late
        finally:
            process.kill()
    return _opened(answer, complaint, process.returncode)


def _environment() -> dict[str, str]:
    """What the child needs to find the interpreter, the libraries and the project, and no more."""
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"PYTHONPATH": path}


def _opened(answer: bytes, complaint: bytes, code: int) -> ParsedBank:
    """The bank in the child's answer; a child that gave none was stopped by a limit or broke down."""
    if code != 0:
        log.warning("parser child ended with %s: %s", code, complaint[-2000:].decode(errors="replace"))
        raise Unreadable("too_slow" if code < 0 or b"MemoryError" in complaint else "broken")
    what, _, told = answer.partition(b"\n")
    if what == b"unreadable":
        refusal = json.loads(told)
        raise Unreadable(refusal["kind"], **refusal["values"])
    return bank_from_json(told)
