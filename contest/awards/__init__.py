"""Awards for units, by five measures, drafted and published with their rule."""
