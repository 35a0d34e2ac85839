"""One file per file format, all giving back the same parsed bank."""
