"""The kind of question a sheet declares in a column of its own ("Loại câu hỏi", "Question Type")."""

from contest.rules.vietnamese import fold

UNSUPPORTED = "unsupported"
WORDS: dict[str, frozenset[str]] = {
    "single": frozenset({"single", "single choice", "mot dap an", "1 dap an", "mot lua chon", "chon mot"}),
    "multiple": frozenset(
        {
            "multiple",
            "checkbox",
            "multiple select",
            "multiple response",
            "nhieu dap an",
            "nhieu lua chon",
            "chon nhieu",
            "chon nhieu dap an",
        }
    ),
    "true_false": frozenset(
        {"true false", "true/false", "true_false", "dung sai", "dung/sai", "dung - sai", "d/s"}
    ),
    "short_text": frozenset(
        {
            "short text",
            "short_text",
            "fill in the blank",
            "fill-in-the-blank",
            "dien khuyet",
            "dien tu",
            "dien vao cho trong",
            "tra loi ngan",
        }
    ),
    UNSUPPORTED: frozenset(
        {
            "poll",
            "open-ended",
            "open ended",
            "draw",
            "essay",
            "slide",
            "match",
            "matching",
            "ordering",
            "reorder",
            "drag and drop",
            "dropdown",
            "tu luan",
            "khao sat",
            "binh chon",
            "ghep doi",
            "ghep noi",
            "noi cot",
            "sap xep",
        }
    ),
}


def declared_kind(text: str) -> str:
    """A kind of question, UNSUPPORTED for one a sheet cannot hold, "" when the words mean neither."""
    words = fold(text).strip(" .:()")
    return next((kind for kind, known in WORDS.items() if words in known), "")
