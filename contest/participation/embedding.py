"""The numbers in a frame of somebody else's page: what its editor pastes there, and how the frame is to look."""

from flask import render_template

from contest.participation.showing import public_places
from contest.participation.snapshots import Subject
from contest.web.addresses import whole_address
from contest.web.looks import CHOICES

# High enough to be read where the page around takes away scripts and never follows.
HEIGHT = 480


def snippet(subject: Subject) -> str:
    """What an editor pastes as it is: the frame, and a script that makes it as high as its content.

    Not one of our pages: it is shown, never run here. Two of them in one page do not disturb each other: each
    message is taken by the frame that sent it.
    """
    places = public_places(subject)
    address = whole_address(places["frame"], **places["args"])
    origin = "/".join(address.split("/", 3)[:3])
    return render_template(
        "participation/snippet.txt", address=address, origin=origin, title=subject.name, height=HEIGHT
    )


def scheme_of(asked: str | None) -> str:
    """The colours the page around wants; "": those of the reader's device."""
    return asked if asked in CHOICES["scheme"] else ""
