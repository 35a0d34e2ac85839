"""Who may do what."""

from dataclasses import dataclass
from enum import StrEnum

from contest.language import Text, _


class Role(StrEnum):
    """What a staff member is in the organisation of contests (DOMAIN: ban tổ chức, tổ ra đề, …)."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    COORDINATOR = "coordinator"
    VIEWER = "viewer"


ROLE_NAMES: dict[Role, Text] = {
    Role.ADMINISTRATOR: _("Quản trị"),
    Role.ORGANISER: _("Ban tổ chức"),
    Role.AUTHOR: _("Tổ ra đề"),
    Role.REVIEWER: _("Tổ thẩm định"),
    Role.COORDINATOR: _("Đầu mối đơn vị"),
    Role.VIEWER: _("Người xem"),
}


class Permission(StrEnum):
    """One kind of act each, in alphabetical order. Which units it covers is the query's business."""

    BANK_APPROVE = "bank:approve"
    BANK_EDIT = "bank:edit"
    BANK_VIEW = "bank:view"
    CONTEST_EDIT = "contest:edit"
    CONTEST_VIEW = "contest:view"
    EVENT_EDIT = "event:edit"
    EVENT_VIEW = "event:view"
    HEADCOUNT_EDIT = "headcount:edit"
    HISTORY_VIEW = "history:view"
    PARTICIPATION_VIEW = "participation:view"
    PERSON_HELP = "person:help"
    REPORT_ASK = "report:ask"
    REPORT_SEND = "report:send"
    RESULT_PUBLISH = "result:publish"
    RESULT_REVIEW = "result:review"
    RESULT_VIEW = "result:view"
    ROSTER_EDIT = "roster:edit"
    ROSTER_FOLLOW = "roster:follow"
    STAFF_MANAGE = "staff:manage"
    UNIT_EDIT = "unit:edit"
    UNIT_VIEW = "unit:view"


_LOOKING = {Permission.UNIT_VIEW, Permission.PARTICIPATION_VIEW}

# Who of a list has not taken part yet is between a unit and its own coordinator.
_OF_THE_UNIT = {Permission.ROSTER_FOLLOW}

_ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission) - _OF_THE_UNIT,
    Role.ORGANISER: frozenset(Permission) - {Permission.STAFF_MANAGE, Permission.HISTORY_VIEW} - _OF_THE_UNIT,
    Role.AUTHOR: frozenset({Permission.BANK_VIEW, Permission.BANK_EDIT}),
    Role.REVIEWER: frozenset({Permission.BANK_VIEW, Permission.BANK_APPROVE}),
    Role.COORDINATOR: frozenset(
        {
            *_LOOKING,
            *_OF_THE_UNIT,
            Permission.HEADCOUNT_EDIT,
            Permission.EVENT_VIEW,
            Permission.PERSON_HELP,
            Permission.REPORT_SEND,
            Permission.ROSTER_EDIT,
        }
    ),
    # A viewer reads what the board reads, banks aside: a key seen is a key leaked.
    Role.VIEWER: frozenset(
        {*_LOOKING, Permission.CONTEST_VIEW, Permission.EVENT_VIEW, Permission.RESULT_VIEW}
    ),
}


def allows(role: Role, permission: Permission) -> bool:
    """Whether this role may do this kind of act at all."""
    return permission in _ALLOWED[role]


@dataclass(frozen=True)
class Actor:
    """The staff member who is acting, as read at the start of the request."""

    id: int
    email: str
    name: str
    role: Role
    unit_id: int | None
    # The path of a coordinator's unit ("/1/7/"); None means every unit.
    unit_path: str | None
    session_stamp: str

    def may(self, permission: Permission) -> bool:
        """Whether this person's role allows this kind of act."""
        return allows(self.role, permission)

    @property
    def signature(self) -> tuple[int | None, str]:
        """How the history names this person."""
        return self.id, self.name
