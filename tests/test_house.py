"""The program about itself: sizes, one place that commits, words of the house, translations complete."""

import ast
import re
from collections import Counter
from pathlib import Path
from statistics import median

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from contest.acts import ACTS, SUBJECTS
from contest.job_runner import WORK
from contest.permissions import Permission
from contest.web.translations import CATALOGS

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for path in (ROOT / "contest").rglob("*.py") if "versions" not in path.parts)
ANY_CODE = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]


@pytest.mark.parametrize("path", ANY_CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_what_it_is_for_and_fits_a_head(path):
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "the first line says what the file is for"
    if path in SOURCES:
        assert text.count("\n") <= 300


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, kinds) and node.end_lineno
    ]


def test_no_two_test_files_are_called_alike():
    """pytest would collect only one of them, where their folders are no packages."""
    files = [
        path for path in (ROOT / "tests").rglob("test_*.py") if not (path.parent / "__init__.py").exists()
    ]
    names = Counter(path.name for path in files)
    assert [name for name, count in names.items() if count > 1] == []


def test_functions_are_short():
    lengths = [pair for path in SOURCES for pair in functions(path)]
    assert [pair for pair in lengths if pair[1] > 40] == []
    assert median(length for _, length in lengths) < 10


def test_only_one_place_commits():
    committing = [path.name for path in SOURCES if re.search(r"\.commit\(", path.read_text(encoding="utf-8"))]
    assert sorted(committing) == ["database.py", "env.py"]


def test_nothing_is_named_after_nothing():
    vague = {"utils", "helpers", "common", "misc", "manager"}
    assert [path for path in SOURCES if path.stem in vague] == []


def test_every_sentence_has_an_english_one():
    """Vietnamese is the source; a sentence without its English would leave a page in two languages."""
    options = {"keywords": {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}}
    wanted: dict[str, str] = {}
    for folder, method in ((ROOT / "contest", "python"), (ROOT / "templates", "jinja2")):
        method_map = [("**.py" if method == "python" else "**.*", method)]
        for name, line, message, _comments, _context in extract_from_dir(
            folder, method_map=method_map, keywords=options["keywords"]
        ):
            source = message[0] if isinstance(message, tuple) else message
            wanted.setdefault(source, f"{folder.name}/{name}:{line}")
    known: set[str] = set()
    for path in (CATALOGS / "en" / "LC_MESSAGES").glob("*.po"):
        with path.open("rb") as file:
            for entry in read_po(file, locale="en"):
                source = entry.id[0] if isinstance(entry.id, tuple) else entry.id
                text = entry.string[0] if isinstance(entry.string, tuple) else entry.string
                if text and not entry.fuzzy:
                    known.add(source)
    missing = {source: place for source, place in wanted.items() if source and source not in known}
    assert missing == {}


def test_a_sentence_has_only_one_english_one():
    """Features keep their own catalogs; two translations of one sentence would show whichever is read last."""
    translations: dict[str, set[str]] = {}
    for path in (CATALOGS / "en" / "LC_MESSAGES").glob("*.po"):
        with path.open("rb") as file:
            for entry in read_po(file, locale="en"):
                source = entry.id[0] if isinstance(entry.id, tuple) else entry.id
                translations.setdefault(source, set()).add(str(entry.string))
    assert {source: texts for source, texts in translations.items() if source and len(texts) > 1} == {}


def test_every_act_in_the_history_has_words():
    """An act is a string like "bank:import" in the code; contest/acts.py says what people read."""
    others = {permission.value for permission in Permission} | set(WORK)
    found = {
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.fullmatch("[a-z_]+:[a-z_]+", node.value)
    }
    assert found - others - ACTS.keys() == set()
    assert ACTS.keys() - found == set()
    assert {act.partition(":")[0] for act in ACTS} == SUBJECTS.keys()


def test_what_needs_a_browser_says_so():
    """`make test BROWSER=no` leaves these files out, and the others run before any browser is started."""
    files = (ROOT / "tests" / "browser").glob("test_*.py")
    assert [path.name for path in files if "pytestmark" not in path.read_text(encoding="utf-8")] == []
