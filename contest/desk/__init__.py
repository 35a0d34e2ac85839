"""What needs whom now: the first page of everybody who works on contests."""
