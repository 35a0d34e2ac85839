"""People who chose the wrong unit: moved with what they handed in, or handed to a unit that accepts them."""
