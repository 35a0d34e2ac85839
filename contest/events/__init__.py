"""Events, the doors (QR) through which people come to a round, and posters."""
