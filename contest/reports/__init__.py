"""Reports of units: what they declare, what is asked first, who approves, and what is frozen and printed."""
