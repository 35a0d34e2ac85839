"""The tree of units and their headcounts."""
