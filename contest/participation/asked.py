"""What a reader asks for in the address of participation: a unit, a block, an order, a search, some to compare."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from contest.participation.figures import Order
from contest.participation.seen_as import View
from contest.units.models import HeadcountKind

LONGEST_SEARCH = 200
# So many units still stand side by side on a phone.
MOST_COMPARED = 4


@dataclass(frozen=True)
class Asked:
    """Codes of a unit and a block, which headcount to measure by (None: each unit by its kind), and so on.

    `compared`: codes of units to stand side by side, in the order in which they were chosen; `view`: by the
    units of the time, or by those of today; `usual`: the view of an address that names none.
    """

    unit: str = ""
    block: str = ""
    measure: HeadcountKind | None = None
    order: Order = Order.RATE
    text: str = ""
    page: str | None = None
    compared: tuple[str, ...] = ()
    view: View = View.THEN
    usual: View = View.THEN

    @classmethod
    def read(
        cls, arguments: Mapping[str, str], compared: list[str] | None = None, usual: View = View.THEN
    ) -> "Asked":
        """From the arguments of an address; an unknown order or measure is as if none was named."""
        measure, order = arguments.get("of", ""), arguments.get("order", "")
        view = arguments.get("as", "")
        return cls(
            unit=arguments.get("unit", ""),
            block=arguments.get("block", ""),
            measure=HeadcountKind(measure) if measure in set(HeadcountKind) else None,
            order=Order(order) if order in set(Order) else Order.RATE,
            text=arguments.get("q", "")[:LONGEST_SEARCH],
            page=arguments.get("page"),
            compared=tuple(dict.fromkeys(code for code in compared or () if code)),
            view=View(view) if view in set(View) else usual,
            usual=usual,
        )

    def only(self) -> "Asked":
        """What numbers depend on: without search, order, page and comparison."""
        return replace(self, order=Order.RATE, text="", page=None, compared=())

    @property
    def hidden(self) -> dict[str, str]:
        """What a form keeps beside the units that are to be compared."""
        kept = self.arguments(**{"with": None})
        return {name: value for name, value in kept.items() if isinstance(value, str)}

    def arguments(self, **changed: str | list[str] | None) -> dict[str, str | list[str] | None]:
        """As arguments of an address again, with some changed; the page is left out."""
        mine: dict[str, str | list[str] | None] = {
            "unit": self.unit or None,
            "block": self.block or None,
            "of": self.measure.value if self.measure else None,
            "order": self.order.value if self.order is not Order.RATE else None,
            "q": self.text or None,
            "with": list(self.compared) or None,
            "as": self.view.value if self.view is not self.usual else None,
        }
        return mine | changed
