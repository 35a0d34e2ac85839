"""One person's attempts at numbered papers: start, save, hand in."""
