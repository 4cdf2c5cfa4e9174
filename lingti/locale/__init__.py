"""The Chinese catalogue, and what keeps it in step with the code."""
