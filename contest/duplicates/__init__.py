"""People who entered one contest twice: found, shown side by side, merged, and taken apart again exactly."""
