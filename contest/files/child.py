"""Runs one of our readers in a throw-away process: limits, no secrets, a pipe as its only way out."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

log = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
# Nothing else of the server's environment (its secrets, its database) reaches the child.
PASSED_ON = ("PATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")

# Each may take 768 MB: who comes when so many are reading waits for a place, and the server keeps its memory.
AT_ONCE = 3
_places = threading.BoundedSemaphore(AT_ONCE)


class ChildFailed(Exception):
    """The child gave no answer. `stopped`: by a limit of time or memory, else it broke down."""

    def __init__(self, stopped: bool) -> None:
        super().__init__(stopped)
        self.stopped = stopped


def ask(module: str, letter: bytes, seconds: int) -> bytes:
    """What `python -m module` answers to this letter on its standard input; raises ChildFailed.

    Takes up to so many seconds, and longer while others are read: never inside a transaction.
    """
    with (
        _places,
        subprocess.Popen(  # noqa: S603 -- our own interpreter and code; the file goes in by pipe
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
        ) as process,
    ):
        try:
            answer, complaint = process.communicate(letter, timeout=seconds)
        except subprocess.TimeoutExpired as late:
            raise ChildFailed(stopped=True) from late
        finally:
            process.kill()
    if process.returncode != 0:
        said = complaint[-2000:].decode(errors="replace")
        log.warning("%s ended with %s: %s", module, process.returncode, said)
        raise ChildFailed(stopped=process.returncode < 0 or b"MemoryError" in complaint)
    return answer


def _environment() -> dict[str, str]:
    """What the child needs to find the interpreter, the libraries and the project, and no more."""
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"PYTHONPATH": path}
