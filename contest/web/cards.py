"""The picture beside a link that somebody shares in Zalo or Facebook: 1200 × 630, as PNG."""

from dataclasses import asdict, dataclass
from functools import lru_cache

from contest.web.posters import Language, drawn, plain

WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True)
class Card:
    """What the picture says; texts are data, never markup, and an empty one leaves no gap.

    `name` is the round's, `foot` a small line such as the short code.
    """

    title: str
    label: str
    organiser: str
    name: str = ""
    when: str = ""
    foot: str = ""
    language: Language = "vi"


# Drawing takes as long as a hundred ordinary pages, and a link shared once is fetched by many.
@lru_cache(maxsize=128)
def picture(card: Card) -> bytes:
    """The PNG. The same content gives the same bytes."""
    fields = {name: plain(text) for name, text in asdict(card).items()}
    return drawn("card.typ", card=fields)
