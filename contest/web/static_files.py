"""Style sheets, scripts, fonts: served compressed, under an address that changes with their content."""

import gzip
import hashlib
import shutil
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

SOURCE = Path(__file__).parent.parent.parent / "static"
COMPRESSED = {".css", ".js", ".svg", ".json"}


def version_of(folder: Path) -> str:
    """Ten characters that change when any file below the folder does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def prepare(folder: Path, kept_in: Path) -> Path:
    """Copy the folder once per version, each text file with a .gz beside it; return the copy."""
    target = kept_in / version_of(folder)
    if target.is_dir():
        return target
    making = target.with_suffix(".making")
    shutil.rmtree(making, ignore_errors=True)
    shutil.copytree(folder, making)
    for path in making.rglob("*"):
        if path.suffix in COMPRESSED:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    shutil.rmtree(target, ignore_errors=True)
    making.rename(target)
    return target


def connect(app: Flask, instance: Path) -> None:
    """Serve static/ and give templates `static_url('site.css')`."""
    folder = prepare(SOURCE, instance / "static")
    prefix = f"/static/{folder.name}/"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(folder), prefix=prefix, max_age=31536000, immutable_file_test=r"^/static/"
    )
    app.jinja_env.globals["static_url"] = lambda name: prefix + name
