"""Ranking, review, exclusions, publishing, and each person's paper after closing."""
