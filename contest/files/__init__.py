"""Files that people upload, read in throw-away processes so that none can harm the server."""
