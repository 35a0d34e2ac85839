"""Which language a page speaks, and the catalogs behind it. Vietnamese is the source language."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, request
from flask_babel import Babel, Domain, get_locale, gettext, lazy_gettext
from markupsafe import Markup

from contest.language import Text
from contest.rules.counting import NO_BREAK

LANGUAGES = ("vi", "en")
COOKIE = "lang"
CATALOGS = Path(__file__).parent.parent / "translations"


class Catalogs(Domain):  # type: ignore[misc]  # flask-babel ships no types
    """All .po files of a language as one catalog, read when that language is first asked for."""

    def get_translations(self) -> NullTranslations:
        return read_catalogs(str(get_locale() or "vi"))


@cache
def read_catalogs(language: str) -> NullTranslations:
    """Every catalog of the language in one; Vietnamese needs none."""
    merged = Translations()
    for path in sorted((CATALOGS / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as source:
            compiled = BytesIO()
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged


def in_english(sentence: Text) -> str:
    """A sentence in English, wherever nobody has asked in a language."""
    english = read_catalogs("en").gettext(sentence.source)
    return english % sentence.values if sentence.values else english


def current_language() -> str:
    """`?lang=` first, then what was chosen before, else Vietnamese."""
    for choice in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return choice
    return "vi"


def in_template(sentence: str, **values: object) -> Markup:
    """What `_("…")` is in a template. A page says a hundred sentences, most of them in the source language."""
    language = current_language()
    said = sentence if language == "vi" else read_catalogs(language).gettext(sentence)
    said = kept_together(said)
    if values:
        return Markup(said) % values  # noqa: S704  the sentence is ours, the values are escaped
    return Markup(said.replace("%%", "%"))  # noqa: S704


def kept_together(said: str) -> str:
    """The sentence with "100 %" in one piece: the sign never begins a line."""
    return said.replace("0 %", f"0{NO_BREAK}%").replace("5 %", f"5{NO_BREAK}%")


def shown(text: object) -> object:
    """Put a Text into the reader's language; leave everything else as it is."""
    if not isinstance(text, Text):
        return text
    values = {name: shown(value) for name, value in text.values.items()}
    return kept_together(gettext(text.source, **values))


def lazy(text: Text) -> Any:
    """For labels of forms, which are made before anybody has asked for a page."""
    return lazy_gettext(text.source, **text.values)


def connect(app: Flask) -> None:
    """Attach languages: the choice per request, the catalogs, and `{{ text }}` in templates."""
    Babel(app, locale_selector=current_language, default_locale="vi", default_timezone="Asia/Ho_Chi_Minh")
    catalogs = Catalogs()

    @app.before_request
    def speak() -> None:
        catalogs.as_default()

    @app.after_request
    def keep_choice(response: Response) -> Response:
        choice = request.args.get("lang")
        # A frame in somebody else's page decides nothing for the pages people open themselves.
        framed = request.path.startswith("/embed/")
        if not framed and choice in LANGUAGES and request.cookies.get(COOKIE) != choice:
            response.set_cookie(COOKIE, choice, max_age=366 * 24 * 3600, samesite="Lax")
        return response

    app.jinja_env.finalize = shown
    app.jinja_env.globals.update(languages=LANGUAGES, _=in_template)

    @app.context_processor
    def language() -> dict[str, Any]:
        return {"language": current_language()}
