"""What a parsed bank says in JSON: the same for every kind, with more only where there is more."""

import json

from contest.rules.parsed import FaultKind, ParsedBank, ParsedChoice, ParsedQuestion, fault, fault_message


def test_a_plain_question_says_no_more_than_its_choices() -> None:
    question = ParsedQuestion("1", "dòng 1", "single", "Gì?", (ParsedChoice("A", "a", True),))
    told = ParsedBank("text", (question,)).as_json()
    assert json.loads(json.dumps(told))["questions"][0] == {
        "number": "1",
        "place": "dòng 1",
        "kind": "single",
        "text": "Gì?",
        "choices": [{"label": "A", "text": "a", "right": True}],
        "topic": "",
        "level": "",
        "citation": "",
        "explanation": "",
        "faults": [],
    }


def test_pairs_tolerance_and_parts_of_the_mark_are_named() -> None:
    choices = (ParsedChoice("A", "a", True, match="x"), ParsedChoice("B", "3,14", True, tolerance="0,01"))
    told = ParsedBank("gift", (ParsedQuestion("1", "", "matching", "Gì?", choices, partial=True),)).as_json()
    (question,) = json.loads(json.dumps(told))["questions"]
    assert question["partial"] is True
    assert [choice.get("match") for choice in question["choices"]] == ["x", None]
    assert [choice.get("tolerance") for choice in question["choices"]] == [None, "0,01"]


def test_faults_hold_a_question_back_or_only_warn() -> None:
    warned = ParsedQuestion(
        "1", "", "single", "Gì?", faults=(fault(FaultKind.SETTING_LOST, "", setting="x"),)
    )
    held = ParsedQuestion("2", "", "single", "Gì?", faults=(fault(FaultKind.OWN_MARKING, "", rule="x"),))
    bank = ParsedBank("qti", (warned, held), (fault(FaultKind.FILE_NOTE, "", note="Lưu ý."),))
    assert (bank.found, bank.ready, bank.doubtful) == (2, 1, 1)
    assert bank.as_json()["faults"] == [
        {"kind": "file_note", "severity": "warning", "place": "", "message": "Lưu ý."}
    ]
    assert "x" in held.faults[0].message("en")


def test_a_gap_nobody_filled_shows_as_one() -> None:
    assert all(
        "…" in fault_message(FaultKind.UNESCAPED_SIGN, language, sign="=") for language in ("vi", "en")
    )
