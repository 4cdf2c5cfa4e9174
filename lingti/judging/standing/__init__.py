"""How a community stands: targets, decisions, the change that counts, what needs attention."""
