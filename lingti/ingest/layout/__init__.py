"""A sheet becomes tables: header, data rows, and the rest set aside with its reason."""
