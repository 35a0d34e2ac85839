"""Stores the sample files of every format in `files/`: `PYTHONPATH=tests/formats python -m tests.formats.make_samples`."""

from pathlib import Path

from tests.formats import sample_documents, sample_markup, sample_sheets
from tests.formats.sample_documents import without_dates

FILES = Path(__file__).parent / "files"


def main() -> None:
    """Write every sample; what is expected of each stands beside it and is written by hand."""
    for samples in (sample_documents.SAMPLES, sample_sheets.SAMPLES, sample_markup.SAMPLES):
        for name, content in samples.items():
            zipped = content.startswith(b"PK")
            (FILES / name).write_bytes(without_dates(content) if zipped else content)


if __name__ == "__main__":
    main()
