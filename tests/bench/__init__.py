"""Speed, measured side by side in one run; nothing here is a timed test."""
