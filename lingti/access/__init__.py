"""Who may see and do what, and what is written down of what they did."""
