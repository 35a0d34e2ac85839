"""Contests, their rules text and blocks, rounds, recipes and numbered papers."""
