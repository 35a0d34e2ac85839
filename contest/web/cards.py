"""The picture beside a link that somebody shares in Zalo or Facebook: 1200 × 630, as PNG."""

from dataclasses import asdict, dataclass
from functools import lru_cache

from contest.web.posters import Language, plain, typeset

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
    # At 72 points to the inch a point of the page is a pixel of the picture.
    return typeset("card.typ", as_png_at=72, card=fields)
