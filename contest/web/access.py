"""Who may open which page: every view declares it, one guard checks it, an undeclared one stops the start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar, cast

from flask import Flask, Response, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user

from contest.errors import NotAllowed
from contest.permissions import Actor, Permission
from contest.web import identity

P = ParamSpec("P")
R = TypeVar("R")

ACCESS = "access"  # the attribute of a view that says who may open it


@dataclass(frozen=True)
class Access:
    """What a view asks for. `permission` only with "staff"; None there means any signed-in account."""

    to: str
    permission: Permission | None = None


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """What flask-login holds for a request."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get_id(self) -> str:
        return f"{self.actor.id}:{self.actor.session_stamp}"


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anybody may open this."""
    return _declare(view, Access("public"))


def participant(view: Callable[P, R]) -> Callable[P, R]:
    """Only a device that a person has entered with; whose things it shows is the query's business."""
    return _declare(view, Access("participant"))


def with_token(view: Callable[P, R]) -> Callable[P, R]:
    """Only a program that sends a token of ours; what it may read is the query's business."""
    return _declare(view, Access("token"))


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Any staff account, whatever its role."""
    return _declare(view, Access("staff"))


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only staff whose role allows this kind of act."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        return _declare(view, Access("staff", permission))

    return declare


def _declare(view: Callable[P, R], access: Access) -> Callable[P, R]:
    setattr(view, ACCESS, access)
    return view


def current_actor() -> Actor:
    """The signed-in staff member. Only for views that ask for one."""
    return cast(Actor, current_user.actor)


def actor_or_none() -> Actor | None:
    """The signed-in staff member, if there is one."""
    return cast(Actor, current_user.actor) if current_user.is_authenticated else None


def guard() -> Response | None:
    """Before every request: let in, send to sign-in, or refuse."""
    view = _views.get(request.endpoint or "")
    if view is None or view.to == "public":
        return None
    if view.to == "participant":
        identity.current_person_id()  # raises for a device nobody has entered with
        return None
    if view.to == "token":
        _admit[0]()  # raises for a program without one
        return None
    if not current_user.is_authenticated:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return cast(Response, redirect(url_for("staff.sign_in", next=back)))
    if view.permission is not None and not current_actor().may(view.permission):
        raise NotAllowed
    return None


_views: dict[str, Access] = {}
_admit: list[Callable[[], None]] = []


def connect(app: Flask, load: Callable[[int], Actor | None], admit: Callable[[], None]) -> None:
    """Attach sign-in and the guard; `load` reads an open account by its id, `admit` lets a token in or raises."""
    _admit[:] = [admit]
    login = LoginManager(app)
    login.session_protection = None  # office addresses change; the stamp is what ends a session

    @login.user_loader  # type: ignore[untyped-decorator]
    def load_user(text: str) -> SignedIn | None:
        number, _, stamp = text.partition(":")
        actor = load(int(number)) if number.isdecimal() else None
        return SignedIn(actor) if actor is not None and actor.session_stamp == stamp else None

    app.before_request(guard)


def check(app: Flask) -> None:
    """Stop the start if any view forgot to say who may open it."""
    undeclared = sorted(
        endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, ACCESS)
    )
    if undeclared:
        raise RuntimeError(f"These views declare no access: {', '.join(undeclared)}")
    _views.clear()
    _views.update({endpoint: getattr(view, ACCESS) for endpoint, view in app.view_functions.items()})
