"""The child's side of reading an upload: sets its own limits, reads one file, answers in JSON, ends.

The answer is a line saying what follows, "bank" or "unreadable", and then that in JSON.
"""

import gc
import json
import os
import resource
import sys

from contest.banks.formats.parsed_json import bank_to_json
from contest.banks.formats.read import read_bank
from contest.banks.formats.unreadable import Unreadable


def main() -> None:
    """Read a line of JSON and the files it announces from stdin; write the answer to stdout."""
    head = json.loads(sys.stdin.buffer.readline())
    _limit(head["seconds"], head["megabytes"])
    # The process ends after one file: collecting its garbage would be wasted time.
    gc.disable()
    content = sys.stdin.buffer.read(head["content"])
    key_file = None if head["key_file"] is None else sys.stdin.buffer.read(head["key_file"])
    try:
        answer = "bank\n" + bank_to_json(read_bank(content, head["filename"], key_file))
    except Unreadable as refusal:
        answer = "unreadable\n" + json.dumps({"kind": refusal.kind, "values": refusal.values})
    # A broken file may hold halves of characters: they are passed on, and told of later.
    sys.stdout.buffer.write(answer.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
    # Freeing a hundred thousand small objects one by one takes longer than the system does.
    os._exit(0)


def _limit(seconds: int, megabytes: int) -> None:
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A parser has nothing to write to disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
