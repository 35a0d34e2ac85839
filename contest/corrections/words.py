"""The words of moves between units for people."""

from contest.corrections.models import MoveState
from contest.language import Text, _

# Why a draft of standings was drawn up anew; kept with the sheet.
MOVED = "Chuyển người chọn nhầm về đúng đơn vị"

# Each with the kind of its badge.
STATES: dict[MoveState, tuple[Text, str]] = {
    MoveState.OFFERED: (_("Chờ đơn vị kia nhận"), "coming"),
    MoveState.DONE: (_("Đã chuyển"), "done"),
    MoveState.DECLINED: (_("Không nhận"), "stop"),
    MoveState.WITHDRAWN: (_("Đã rút"), "closed"),
}
