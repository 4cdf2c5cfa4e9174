"""Which source a table is of, and which of its columns feeds which of ours."""
