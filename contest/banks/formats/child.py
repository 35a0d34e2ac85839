"""Reads an uploaded file in a throw-away process with limits, so that no file can harm the server."""

import json

from contest.banks.formats.parsed_json import bank_from_json
from contest.banks.formats.safety import check_size
from contest.banks.formats.unreadable import Unreadable
from contest.files.child import ChildFailed, ask
from contest.rules.parsed import ParsedBank

CHILD = "contest.banks.formats.parser_process"


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
    try:
        answer = ask(CHILD, letter, seconds)
    except ChildFailed as failed:
        raise Unreadable("too_slow" if failed.stopped else "broken") from failed
    what, _, told = answer.partition(b"\n")
    if what == b"unreadable":
        refusal = json.loads(told)
        raise Unreadable(refusal["kind"], **refusal["values"])
    return bank_from_json(told)
