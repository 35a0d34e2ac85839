"""What a contest is: plain functions over frozen values, without clock, chance, database or web."""
