"""Learning: questions to practise on, which never count, and pages to read."""
