"""The words of events for people."""

from contest.events.models import EventKind
from contest.language import Text, _

KINDS: dict[EventKind, Text] = {
    EventKind.LAUNCH: _("Lễ phát động"),
    EventKind.CONFERENCE: _("Hội nghị, tập huấn"),
    EventKind.TALK: _("Buổi tuyên truyền, nói chuyện chuyên đề"),
    EventKind.FESTIVAL: _("Ngày hội"),
    EventKind.MEETING: _("Sinh hoạt chi bộ, chi đoàn, họp dân"),
    EventKind.STALL: _("Điểm tiếp dân, quầy hướng dẫn"),
    EventKind.OTHER: _("Khác"),
}
