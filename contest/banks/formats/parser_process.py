"""The child's side of reading an upload: sets its own limits, reads one file, answers in JSON, ends.

The answer is a line saying what follows, "bank" or "unreadable", and then that in JSON.
"""

import gc
import json
import sys

from contest.banks.formats.parsed_json import bank_to_json
from contest.banks.formats.read import read_bank
from contest.banks.formats.unreadable import Unreadable
from contest.files.limits import answer_and_end, limit


def main() -> None:
    """Read a line of JSON and the files it announces from stdin; write the answer to stdout."""
    head = json.loads(sys.stdin.buffer.readline())
    limit(head["seconds"], head["megabytes"])
    # The process ends after one file: collecting its garbage would be wasted time.
    gc.disable()
    content = sys.stdin.buffer.read(head["content"])
    key_file = None if head["key_file"] is None else sys.stdin.buffer.read(head["key_file"])
    try:
        answer = "bank\n" + bank_to_json(read_bank(content, head["filename"], key_file))
    except Unreadable as refusal:
        answer = "unreadable\n" + json.dumps({"kind": refusal.kind, "values": refusal.values})
    # A broken file may hold halves of characters: they are passed on, and told of later.
    answer_and_end(answer.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
