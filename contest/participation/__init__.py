"""How many took part, per unit, block and event: tallies kept up by what is new."""
