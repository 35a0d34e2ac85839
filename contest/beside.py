"""Work in a real thread beside the event loop."""

from collections.abc import Callable
from typing import TypeVar

from gevent import get_hub
from gevent.monkey import is_module_patched

T = TypeVar("T")


def beside(work: Callable[[], T]) -> T:
    """What the work gives. Under gevent everybody else is answered meanwhile; it must not touch what is theirs.

    Whatever is raised in it is raised here.
    """
    if is_module_patched("threading"):
        done: T = get_hub().threadpool.apply(work)
        return done
    return work()
