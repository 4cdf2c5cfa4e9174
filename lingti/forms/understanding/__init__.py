"""What the names on a form mean: measure, place, period, member, unit, and how sure that is."""
