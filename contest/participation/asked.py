"""What a reader asks for in the address of participation: a unit, a block, an order, a search."""

from collections.abc import Mapping
from dataclasses import dataclass

from contest.participation.figures import Order
from contest.units.models import HeadcountKind

LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Asked:
    """Codes of a unit and a block, which headcount to measure by (None: each unit by its kind), and so on."""

    unit: str = ""
    block: str = ""
    measure: HeadcountKind | None = None
    order: Order = Order.RATE
    text: str = ""
    page: str | None = None

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Asked":
        """From the arguments of an address; an unknown order or measure is as if none was named."""
        measure, order = arguments.get("of", ""), arguments.get("order", "")
        return cls(
            unit=arguments.get("unit", ""),
            block=arguments.get("block", ""),
            measure=HeadcountKind(measure) if measure in set(HeadcountKind) else None,
            order=Order(order) if order in set(Order) else Order.RATE,
            text=arguments.get("q", "")[:LONGEST_SEARCH],
            page=arguments.get("page"),
        )

    def arguments(self, **changed: str | None) -> dict[str, str | None]:
        """As arguments of an address again, with some changed; the page is left out."""
        mine = {
            "unit": self.unit or None,
            "block": self.block or None,
            "of": self.measure.value if self.measure else None,
            "order": self.order.value if self.order is not Order.RATE else None,
            "q": self.text or None,
        }
        return mine | changed
