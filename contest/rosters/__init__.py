"""Staff lists of units: taken in from a file, matched with those who enter, and passes that open an entry."""
