"""The deck as one page that needs no network."""
