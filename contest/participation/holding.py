"""What a process keeps of what it has read, as far as there is room."""

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Held(Generic[K, V]):
    """A few things a process keeps, the longest unasked one going first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        found = self.held.pop(key, None)
        if found is not None:
            self.held[key] = found
        return found

    def put(self, key: K, value: V) -> V:
        self.held[key] = value
        while len(self.held) > self.most:
            self.held.pop(next(iter(self.held)))
        return value
