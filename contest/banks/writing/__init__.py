"""Writes questions back out in the formats that other programs and people read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contest.banks.writing import aiken, docx, gift, moodle_xml, qti, xlsx
from contest.rules.parsed import ParsedQuestion

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """A format. `write` takes the questions and a title; `holds` says whether a question can be written."""

    label: str
    ending: str
    mimetype: str
    write: Callable[[Sequence[ParsedQuestion], str], bytes]
    holds: Callable[[ParsedQuestion], bool]

    def left_out(self, questions: Sequence[ParsedQuestion]) -> list[ParsedQuestion]:
        """The questions that would be missing from the file, or cut."""
        return [question for question in questions if not self.holds(question)]


# By the word that stands for a format in an address.
FORMATS: dict[str, Format] = {
    "xlsx": Format("Excel", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet", xlsx.write, xlsx.holds),
    "docx": Format("Word", ".docx", f"{_OFFICE}.wordprocessingml.document", docx.write, docx.holds),
    "gift": Format("GIFT", ".gift.txt", "text/plain; charset=utf-8", gift.write, gift.holds),
    "aiken": Format("Aiken", ".aiken.txt", "text/plain; charset=utf-8", aiken.write, aiken.holds),
    "moodle": Format("Moodle XML", ".moodle.xml", "application/xml", moodle_xml.write, moodle_xml.holds),
    "qti": Format("QTI 3.0", ".qti.zip", "application/zip", qti.write, qti.holds),
}
