"""Who may do what, what is written down of it, and how nothing is lost or let out."""
