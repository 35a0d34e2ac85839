"""Damages good files in thousands of ways and reads them: nothing may crash, hang or end the process.

    python -m tests.fuzz [--files 10000] [--seed 1] [--family xml] [--write xml:123 PATH]

Case 123 of a family is always the same file under the same seed; --write puts it down to look at.
"""

import argparse
import multiprocessing
import multiprocessing.pool
import os
import resource
import signal
import sys
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import FrameType

from contest.banks.formats.parsed_json import bank_from_json, bank_to_json
from contest.banks.formats.read import read_bank
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import ParsedBank
from tests.fuzz_damage import damaged
from tests.fuzz_seeds import families

SECONDS = 5
# Code that is not Python does not hear the alarm; then the process is ended from outside.
DEAF_SECONDS = 5
MEGABYTES = 768
WORKERS = 2
BATCH = 500
SHOWN = 10
SHOWN_CHARS = 1200


class _Late(Exception):
    """A file was not read within its seconds."""


def case(family: str, number: int, seed: int, seeds: dict[str, bytes]) -> tuple[str, bytes]:
    """The file of a case: the same for the same family, number and seed."""
    return damaged(seeds, Random(zlib.crc32(f"{seed}:{family}:{number}".encode())))


def outcome(name: str, content: bytes) -> str:
    """ "read" or "refused"; anything else is raised."""
    try:
        bank = read_bank(content, name)
    except Unreadable as refusal:
        assert refusal.message("vi") and refusal.message("en")
        return "refused"
    _check(bank)
    return "read"


def _check(bank: ParsedBank) -> None:
    """What holds for every bank: it survives its way out of the child, and what is ready has a key."""
    assert bank_from_json(bank_to_json(bank)) == bank
    for fault in bank.faults:
        assert fault.message("vi") and fault.message("en")
    for question in bank.questions:
        assert all(fault.message("vi") and fault.message("en") for fault in question.faults)
        assert not question.ready or (
            question.text.strip() and any(choice.right for choice in question.choices)
        )


def _work(family: str, numbers: Sequence[int], seed: int, pipe: Connection) -> None:
    """Read these cases one after the other, telling each begin and end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, _ring)
    # Compiled code tells of its end at length; the number of the case is enough to see it again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    seeds = families()[family]
    for number in numbers:
        pipe.send((number, "begun", ""))
        name, content = case(family, number, seed, seeds)
        try:
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            pipe.send((number, outcome(name, content), ""))
        except _Late:
            pipe.send((number, "hung", traceback.format_exc()))
        except BaseException:
            # A panic of compiled code is no Exception.
            pipe.send((number, "crashed", traceback.format_exc()))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    pipe.send((-1, "done", ""))


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _Late


def _batch(family: str, numbers: list[int], seed: int) -> Iterator[tuple[int, str, str]]:
    """The outcomes of these cases; a process that dies or hears nothing is replaced after the case it was at."""
    context = multiprocessing.get_context("fork")
    while numbers:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(family, numbers, seed, theirs))
        process.start()
        theirs.close()
        number, how, detail = numbers[0], "begun", ""
        while how != "done":
            at = number
            try:
                if not ours.poll(SECONDS + DEAF_SECONDS):
                    number, how, detail = at, "hung", "the process did not hear the alarm"
                else:
                    number, how, detail = ours.recv()
            except EOFError:
                process.join()
                number, how, detail = at, "died", f"exit code {process.exitcode}"
            if how not in ("begun", "done"):
                yield number, how, detail
            if how in ("died",) or detail.startswith("the process"):
                break
        process.kill()
        process.join()
        ours.close()
        numbers = [] if how == "done" else numbers[numbers.index(number) + 1 :]


def run(family: str, files: int, seed: int) -> Counter[str]:
    """Read so many damaged files of a family and print what became of them."""
    began, counts, shown = time.monotonic(), Counter[str](), 0
    batches = [list(range(start, min(start + BATCH, files))) for start in range(0, files, BATCH)]
    with multiprocessing.pool.ThreadPool(WORKERS) as pool:
        for found in pool.imap(lambda numbers: list(_batch(family, numbers, seed)), batches):
            for number, how, detail in found:
                counts[how] += 1
                if how not in ("read", "refused") and shown < SHOWN:
                    shown += 1
                    print(f"{family}:{number} {how}\n{detail[-SHOWN_CHARS:]}", flush=True)
    said = ", ".join(f"{name} {counts[name]}" for name in ("read", "refused", "crashed", "hung", "died"))
    print(f"{family}: files {sum(counts.values())}, {said} ({time.monotonic() - began:.0f} s)", flush=True)
    return counts


def main() -> int:
    """Read the arguments and run the families; 1 when anything crashed, hung or died."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=10_000, help="damaged files of each family")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=sorted(families()), action="append")
    parser.add_argument("--write", nargs=2, metavar=("FAMILY:NUMBER", "PATH"))
    asked = parser.parse_args()
    if asked.write:
        family, _, number = asked.write[0].partition(":")
        name, content = case(family, int(number), asked.seed, families()[family])
        Path(asked.write[1]).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
        return 0
    totals = sum(
        (run(family, asked.files, asked.seed) for family in asked.family or families()), Counter[str]()
    )
    return int(any(totals[how] for how in ("crashed", "hung", "died")))


if __name__ == "__main__":
    sys.exit(main())
