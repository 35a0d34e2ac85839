"""Writes questions back out in the formats that other programs and people read."""
