"""Passwords: argon2, computed beside the event loop so that a sign-in never stalls the phones."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent import get_hub
from gevent.monkey import is_module_patched

# 19 MiB, two passes: OWASP's minimum; the library's own default stalls a small server for 0.2 s.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when nobody has this address, so that the time taken tells nothing.
_NOBODY = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    """The argon2 hash to keep."""
    if is_module_patched("threading"):
        return str(get_hub().threadpool.apply(_hasher.hash, (password,)))
    return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether this is the password behind the hash; takes as long for no hash at all."""
    if is_module_patched("threading"):
        return bool(get_hub().threadpool.apply(_verify, (password, password_hash)))
    return _verify(password, password_hash)


def _verify(password: str, password_hash: str | None) -> bool:
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
