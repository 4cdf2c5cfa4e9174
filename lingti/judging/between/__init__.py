"""Between places: against other periods, the district's rate, and each of the others."""
