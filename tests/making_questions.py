"""The questions of a bank as tests make it: number n asks "Câu hỏi số n?", and choice (n − 1) mod 4 is right."""

from datetime import datetime

from contest.banks.models import Choice, Question, QuestionVersion
from contest.rules import vietnamese


def version_of(question: Question, now: datetime) -> QuestionVersion:
    """The first version of a stored question; its text ends in its number."""
    text = f"Câu hỏi số {question.number}?"
    return QuestionVersion(
        question_id=question.id,
        number=1,
        kind="single",
        text=text,
        topic="Thể chế" if question.number % 2 else "Thủ tục",
        level="Nhận biết",
        citation="Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ",
        explanation=f"Giải thích của câu {question.number}.",
        text_key=vietnamese.answer_key(text),
        search_key=vietnamese.search_key(text),
        created_at=now,
    )


def choices_of(version: QuestionVersion) -> list[Choice]:
    """The four choices of a stored version."""
    number = int(version.text.removeprefix("Câu hỏi số ").removesuffix("?"))
    return [
        Choice(
            version_id=version.id,
            position=position,
            text=f"Phương án {number}.{position + 1}",
            right=position == (number - 1) % 4,
            pinned=False,
        )
        for position in range(4)
    ]
