"""Settings: read once from the environment, checked at once; an error names the key."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class SettingError(ValueError):
    """A setting that cannot be used; the message names the key and says what is expected."""


@dataclass(frozen=True)
class Smtp:
    """The mail server that takes our letters. `security`: starttls, tls or none; without a user, no sign-in."""

    host: str
    port: int
    security: str
    sender: str
    user: str
    password: str


@dataclass(frozen=True)
class Settings:
    """What differs between installations. Sizes are bytes, times are seconds."""

    database_url: str
    instance: Path
    secret_key: str
    public_address: str
    web_processes: int
    trusted_proxies: int
    largest_upload: int
    log_level: str
    smtp: Smtp | None = None
    # Which sites may show the public numbers in a frame, in the words of a Content-Security-Policy.
    framed_by: str = "*"

    @property
    def embedded(self) -> bool:
        """SQLite in one process, nothing else to install."""
        return self.database_url.startswith("sqlite")

    @property
    def secure(self) -> bool:
        """Cookies travel over https only, once the public address is one."""
        return self.public_address.startswith("https://")


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read every setting; raise SettingError for the first that cannot be used."""
    instance = Path(environment.get("INSTANCE", "instance")).resolve()
    database_url = environment.get("DATABASE_URL") or f"sqlite:///{instance / 'hoi-thi.sqlite3'}"
    embedded = database_url.startswith("sqlite")
    processes = _whole(environment, "WEB_PROCESSES", 1 if embedded else 2, least=1)
    if embedded and processes != 1:
        raise SettingError("WEB_PROCESSES must be 1 with SQLite; set DATABASE_URL to PostgreSQL for more.")
    port = _whole(environment, "PORT", 8000, least=1)
    return Settings(
        database_url=_driver_named(database_url),
        instance=instance,
        secret_key=environment.get("SECRET_KEY") or _kept_secret(instance),
        public_address=_address(environment.get("PUBLIC_ADDRESS") or f"http://127.0.0.1:{port}"),
        web_processes=processes,
        trusted_proxies=_whole(environment, "TRUSTED_PROXIES", 0, least=0),
        largest_upload=_whole(environment, "LARGEST_UPLOAD_MB", 20, least=1) * 1024 * 1024,
        log_level=environment.get("LOG_LEVEL", "INFO").upper(),
        smtp=_smtp(environment),
        framed_by=_sites(environment.get("FRAMED_BY") or "*"),
    )


def _smtp(environment: Mapping[str, str]) -> Smtp | None:
    host = environment.get("SMTP_HOST", "")
    if not host:
        return None
    security = environment.get("SMTP_SECURITY", "starttls")
    if security not in ("starttls", "tls", "none"):
        raise SettingError("SMTP_SECURITY must be starttls, tls or none.")
    sender = environment.get("SMTP_FROM", "")
    if "@" not in sender or any(letter in sender for letter in "\r\n"):
        raise SettingError("SMTP_FROM must be the address that letters come from, such as hoithi@example.vn.")
    user, password = environment.get("SMTP_USER", ""), environment.get("SMTP_PASSWORD", "")
    if user and security == "none":
        raise SettingError(
            "SMTP_USER needs SMTP_SECURITY starttls or tls: a password is not sent in the open."
        )
    port = _whole(environment, "SMTP_PORT", 465 if security == "tls" else 587, least=1)
    return Smtp(host, port, security, sender, user, password)


def _driver_named(url: str) -> str:
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:", "postgresql+psycopg:")):
        raise SettingError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _whole(environment: Mapping[str, str], key: str, default: int, *, least: int) -> int:
    text = environment.get(key) or str(default)
    if not text.isdecimal() or int(text) < least:
        raise SettingError(f"{key} must be a whole number of at least {least}, not {text!r}.")
    return int(text)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingError("PUBLIC_ADDRESS must be a whole address such as https://hoithi.example.vn.")
    return text.rstrip("/")


def _sites(text: str) -> str:
    words = text.split()
    if not all(re.fullmatch(r"\*|'self'|'none'|https?://[\w.*-]+(:\d+)?", word) for word in words):
        raise SettingError(
            "FRAMED_BY must be * or addresses such as https://www.example.vn, with spaces between."
        )
    return " ".join(words)


def _kept_secret(instance: Path) -> str:
    """The key made at the first start, so that a restart signs nobody out."""
    path = instance / "secret_key"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    instance.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_hex(32)
    path.touch(mode=0o600)
    path.write_text(secret + "\n", encoding="ascii")
    return secret
