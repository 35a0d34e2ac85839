"""Public numbers for other programs: read-only JSON under /api/v1/, made of the same layers as the pages."""
