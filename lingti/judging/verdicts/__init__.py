"""Whether a change is real: control charts, and the one verdict of every number."""
