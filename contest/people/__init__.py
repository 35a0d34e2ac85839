"""Who takes part: persons without accounts, their entries, consents and return codes."""
