"""What every page needs: numbers, dates, menus, addresses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import nh3
from flask import Flask, has_request_context, request, url_for
from markdown_it import MarkdownIt
from markupsafe import Markup

from contest.clock import VIETNAM
from contest.language import Text, _
from contest.permissions import ROLE_NAMES, Permission
from contest.settings import Settings
from contest.web.access import actor_or_none, current_actor
from contest.web.addresses import whole_address
from contest.web.stacked import stacked
from contest.web.translations import current_language

ALLOWED_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "a",
    "table", "thead", "tbody", "tr", "th", "td", "hr", "code", "sub", "sup",
}  # fmt: skip
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class MenuItem:
    """One line of the desk's menu."""

    label: Text
    url: str
    current: bool
    count: int | None = None


MENU: tuple[tuple[Text, str, Permission | None], ...] = (
    (_("Bàn làm việc"), "desk.home", None),
    (_("Cuộc thi"), "contests_desk.index", Permission.CONTEST_VIEW),
    (_("Ngân hàng câu hỏi"), "banks.index", Permission.BANK_VIEW),
    (_("Sự kiện, mã QR"), "events_desk.index", Permission.EVENT_VIEW),
    (_("Người dự thi"), "people_desk.index", Permission.PERSON_HELP),
    (_("Danh sách cán bộ"), "rosters.index", Permission.ROSTER_EDIT),
    (_("Kết quả"), "results_desk.index", Permission.RESULT_VIEW),
    (_("Tham gia"), "participation_desk.index", Permission.PARTICIPATION_VIEW),
    (_("Báo cáo"), "reports.index", Permission.REPORT_SEND),
    (_("Đơn vị"), "units.index", Permission.UNIT_VIEW),
    (_("Tài khoản"), "staff.index", Permission.STAFF_MANAGE),
    (_("Nhật ký"), "history.index", Permission.HISTORY_VIEW),
)


def number(value: int | Decimal | None) -> str:
    """25.980 in Vietnamese, 25,980 in English; a dash for what is not known."""
    if value is None:
        return "–"
    text = f"{value:,}"
    return text if current_language() == "en" else text.translate(str.maketrans(",.", ".,"))


def moment(value: datetime | None) -> str:
    """08:00 ngày 31/12/2026 as everybody in Vietnam writes it, in Vietnam's time."""
    return value.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y") if value else "–"


def closing(value: datetime | None) -> str:
    """As `moment`, but midnight is 24:00 of the day that ends: "until Sunday" means all of Sunday."""
    local = value.astimezone(VIETNAM) if value else None
    if local is not None and (local.hour, local.minute) == (0, 0):
        return (local - timedelta(days=1)).strftime("24:00 %d/%m/%Y")
    return moment(value)


def to_the_second(value: datetime | None) -> str:
    """For receipts and reports, where the second matters."""
    return value.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y") if value else "–"


def day(value: date | None) -> str:
    """31/12/2026."""
    return value.strftime("%d/%m/%Y") if value else "–"


def minutes_and_seconds(seconds: int | None) -> str:
    """12:07; with hours only when there are any."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def short_code(code: str) -> str:
    """K7M 2QX: easier to read aloud than K7M2QX."""
    return f"{code[:3]} {code[3:]}"


def markdown(text: str) -> Markup:
    """Organisers' Markdown as safe HTML: raw HTML is shown as text, and only listed tags pass."""
    html = nh3.clean(_markdown.render(text), tags=ALLOWED_TAGS, attributes={"a": {"href"}})
    return Markup(html)  # noqa: S704  nh3 has just cleaned it


def desk_menu() -> list[MenuItem]:
    """What this staff member may open."""
    actor = current_actor()
    blueprint = (request.endpoint or "").partition(".")[0]
    return [
        MenuItem(label, url_for(endpoint), blueprint == endpoint.partition(".")[0])
        for label, endpoint, permission in MENU
        if permission is None or actor.may(permission)
    ]


def connect(app: Flask, settings: Settings) -> None:
    """Give templates their filters and globals."""
    filters: dict[str, Any] = {
        "number": number,
        "moment": moment,
        "closing": closing,
        "to_the_second": to_the_second,
        "day": day,
        "minutes_and_seconds": minutes_and_seconds,
        "short_code": short_code,
        "markdown": markdown,
        "stacked": stacked,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(
        Permission=Permission,
        public_address=settings.public_address,
        page_url=page_url,
        whole_address=whole_address,
        actor=actor_or_none,
    )

    @app.context_processor
    def menu() -> dict[str, Any]:
        actor = actor_or_none() if has_request_context() else None
        if actor is None:
            return {"desk_menu": [], "desk_account": None}
        account = {
            "name": actor.name,
            "role": ROLE_NAMES[actor.role],
            "url": url_for("staff.password"),
            "sign_out_url": url_for("staff.sign_out"),
        }
        return {"desk_menu": desk_menu(), "desk_account": account}


def page_url(number: int) -> str:
    """This list's address with another page number; filters stay."""
    arguments: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False)}
    arguments["page"] = number
    return url_for(request.endpoint or "", **arguments)
