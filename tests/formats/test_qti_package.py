"""Packages of QTI: the manifest leads to the items, and nowhere else."""

import io
import zipfile

import pytest
from workbooks import keys

from contest.banks.formats.read import read_bank
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind, Severity
from tests.formats.test_qti import CORRECT, choice, declared, item
from tests.formats.test_qti12 import choices, equal, interop, when
from tests.formats.test_qti12 import item as old_item

ITEM = item(declared("y"), choice(), CORRECT)
OTHER = item(declared("z"), choice().replace("Gì?", "Ở đâu?"), CORRECT)


def manifest(*hrefs: str, kind: str = "imsqti_item_xmlv2p1") -> str:
    """A manifest that lists these files."""
    resources = "".join(
        f'<resource identifier="r{number}" type="{kind}" href="{href}"><file href="{href}"/></resource>'
        for number, href in enumerate(hrefs)
    )
    return f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{resources}</resources></manifest>'


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("folder", ["", "gói/"])
def test_items_are_read_in_the_order_of_the_manifest(folder: str) -> None:
    parts: dict[str, str | bytes] = {
        f"{folder}items/a.xml": ITEM,
        f"{folder}items/b c.xml": OTHER,
        f"{folder}imsmanifest.xml": manifest("items/b%20c.xml", "items/a.xml", "http://x.vn/x.xml"),
        f"{folder}images/x.png": b"\x89PNG",
    }
    bank = read_bank(package(parts), "a.zip")
    assert (bank.format, bank.found, bank.ready, bank.faults) == ("qti", 2, 2, ())
    assert [one.place for one in bank.questions] == [f"{folder}items/b c.xml", f"{folder}items/a.xml"]
    assert [one.number for one in bank.questions] == ["1", "2"]
    assert keys(bank) == ["C", "B"]


def test_what_is_missing_unlisted_or_broken_is_said() -> None:
    parts: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest("a.xml", "gone.xml", "broken.xml"),
        "a.xml": ITEM,
        "more.xml": OTHER,
        "broken.xml": ITEM[:-30],
    }
    bank = read_bank(package(parts), "a.zip")
    assert [(fault.kind, fault.severity, fault.place) for fault in bank.faults] == [
        (FaultKind.FILE_NOTE, Severity.ERROR, "gone.xml"),
        (FaultKind.FILE_NOTE, Severity.WARNING, "more.xml"),
    ]
    assert [one.ready for one in bank.questions] == [True, False, True]
    assert "broken.xml" in bank.questions[1].faults[0].message()


def test_a_package_of_canvas_is_read_with_its_odd_declaration() -> None:
    quiz = interop(old_item("multiple_choice_question", choices("a", "b"), when(equal("2"))))
    parts: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest("g1/g1.xml", "g1/assessment_meta.xml", kind="imsqti_xmlv1p2"),
        "g1/g1.xml": quiz,
        "g1/assessment_meta.xml": "<quiz/>",
    }
    bank = read_bank(package(parts), "a.zip")
    assert (bank.format, bank.ready, keys(bank), bank.faults) == ("qti12", 1, ["B"], ())
    assert bank.questions[0].place == "g1/g1.xml, dòng 1"


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"imsmanifest.xml": manifest("../a.xml")}, "unsafe"),
        ({"imsmanifest.xml": manifest("/etc/a.xml")}, "unsafe"),
        ({"imsmanifest.xml": manifest("file:///etc/a.xml")}, "unsafe"),
        ({"imsmanifest.xml": manifest("x/%2e%2e/%2e%2e/a.xml")}, "unsafe"),
        ({"imsmanifest.xml": manifest("http://[x/a.xml")}, "unsafe"),
        ({"imsmanifest.xml": manifest("a.xml"), "../a.xml": ITEM}, "unsafe"),
        (
            {"imsmanifest.xml": manifest("a.xml"), "a.xml": "<!DOCTYPE a [<!ENTITY x 'y'>]>" + ITEM[38:]},
            "unsafe",
        ),
        ({"imsmanifest.xml": "<manifest"}, "broken"),
        ({"other.xml": ITEM}, "unknown_format"),
    ],
)
def test_a_package_that_leads_out_or_is_broken_is_refused(parts: dict[str, str | bytes], kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bank(package(parts), "a.zip")
    assert refusal.value.kind == kind


def test_a_package_without_questions_says_so() -> None:
    bank = read_bank(package({"imsmanifest.xml": manifest()}), "a.zip")
    assert [fault.kind for fault in bank.faults] == [FaultKind.NOTHING_FOUND]
