"""What units are asked to reach: tiers by size, wishes of their own, and how far they have come."""
