"""`flask bank check` and `flask bank import`: question files on the command line."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from contest import clock, history
from contest.banks import actions, draft_actions, draft_queries, queries, question_queries
from contest.banks.draft_actions import File
from contest.banks.formats.unreadable import Unreadable
from contest.banks.models import QuestionState
from contest.database import write_transaction
from contest.rules.parsed import Fault, ParsedBank
from contest.web.addresses import whole_address

UNREADABLE = 2  # the exit code for a file that gives no questions at all

bank_commands = AppGroup("bank", help="Question files: look at what would be read, or take them in.")


@bank_commands.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path), default=None, help="A second file with the keys.")
@click.option("--bank", "name", default=None, help="Compare with the questions of this bank too.")
@click.option("--json", "as_json", is_flag=True, help="Everything that was read, as JSON.")
def check(file: Path, keys: Path | None, name: str | None, as_json: bool) -> None:
    """Read a file of questions and say what is in it; stores nothing."""
    parsed = _compared(_read(_file(file, keys)), name)
    if as_json:
        # As bytes: a terminal set to another encoding must not change what a program reads.
        click.echo(json.dumps(parsed.as_json(), ensure_ascii=False, indent=1).encode())
        return
    _summary(parsed)


@bank_commands.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--bank", "name", required=True, help="The bank's name; made if there is none.")
@click.option("--keys", type=click.Path(path_type=Path), default=None, help="A second file with the keys.")
@click.option("--approve", is_flag=True, help="Approve what goes in, so that papers can use it.")
@click.option("--again", is_flag=True, help="Even if this very file was imported into the bank before.")
def import_file(file: Path, name: str, keys: Path | None, approve: bool, again: bool) -> None:
    """Take the ready questions of a file into a bank; doubtful ones stay in a draft to mend in the browser."""
    now, chosen = clock.now(), _file(file, keys)
    parsed = _read(chosen)
    bank = queries.bank_by_name(name)
    if (
        bank is not None
        and not again
        and draft_queries.same_file(bank.id, chosen.content, chosen.key_content)
    ):
        raise click.ClickException("Tệp này đã được nhập vào ngân hàng này. Dùng --again nếu vẫn muốn nhập.")
    if approve and bank is not None and bank.two_people:
        raise click.ClickException(
            "Ngân hàng này cần hai người cho mỗi câu. Hãy nhập không có --approve, rồi duyệt trên trang."
        )
    examined = draft_actions.examine(parsed, question_queries.texts(bank.id) if bank else [])
    prepared = draft_actions.prepare(examined)
    with write_transaction():
        bank = queries.bank_by_name(name) or actions.create_bank(name, "", now, history.PROGRAM)
        upload = draft_actions.keep(bank, chosen, parsed, prepared, now, history.PROGRAM)
        import_id = upload.id
    taken = _taken(import_id, parsed, QuestionState.APPROVED if approve else QuestionState.PROPOSED, now)
    _say(parsed, taken, import_id)


def _compared(parsed: ParsedBank, name: str | None) -> ParsedBank:
    """What was read, with a warning at each question that the bank has already."""
    if name is None:
        return parsed
    bank = queries.bank_by_name(name)
    if bank is None:
        raise click.ClickException(f"Không có ngân hàng tên “{name}”. Hãy kiểm tra lại tên.")
    examined = draft_actions.examine(parsed, question_queries.texts(bank.id))
    questions = zip(parsed.questions, examined.doubts, strict=True)
    return replace(
        parsed,
        questions=tuple(replace(one, faults=tuple(each.fault for each in found)) for one, found in questions),
    )


def _taken(import_id: int, parsed: ParsedBank, state: QuestionState, now: datetime) -> draft_actions.Accepted:
    taken = draft_actions.Accepted(0, 0)
    for batch in draft_actions.batches(import_id, ()) if parsed.ready else ():
        with write_transaction():
            upload = draft_queries.upload(import_id)
            taken += draft_actions.accept(upload, batch, state, now, history.PROGRAM, hold_like=True)
    return taken


def _say(parsed: ParsedBank, taken: draft_actions.Accepted, import_id: int) -> None:
    click.echo(f"Tìm thấy {parsed.found} câu, đã đưa vào ngân hàng {taken.count} câu.")
    if taken.held:
        click.echo(f"{taken.held} câu giống câu đã có trong ngân hàng, còn chờ quyết định.")
    if parsed.doubtful:
        click.echo(f"{parsed.doubtful} câu cần xem lại.")
    if parsed.found > taken.count:
        click.echo(f"Xem và sửa tại {whole_address('banks.drafts.page', import_id=import_id)}")


def _file(path: Path, keys: Path | None) -> File:
    try:
        return File(path.name, path.read_bytes(), keys.read_bytes() if keys else None)
    except OSError as problem:
        _stop(f"Không mở được tệp {problem.filename}. Hãy kiểm tra lại đường dẫn.")


def _read(file: File) -> ParsedBank:
    try:
        return draft_actions.read(file)
    except Unreadable as unreadable:
        _stop(unreadable.message())


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(UNREADABLE)


def _summary(parsed: ParsedBank) -> None:
    click.echo(f"{parsed.found} câu: {parsed.ready} sẵn sàng, {parsed.doubtful} cần xem lại.")
    for fault in parsed.faults:
        _line("cả tệp", fault)
    for question in parsed.questions:
        for fault in question.faults:
            _line(f"câu {question.number}", fault)


def _line(what: str, fault: Fault) -> None:
    mark = "×" if fault.severity == "error" else "!"
    place = f" ({fault.place})" if fault.place else ""
    click.echo(f"{mark} {what}{place}: {fault.message()}")
