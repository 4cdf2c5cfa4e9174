"""A metric over time, between communities and by its parts."""
