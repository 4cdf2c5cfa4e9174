"""Who sent what and when: expected tables, what is late, and what is wrong in it."""
