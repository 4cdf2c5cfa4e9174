"""Puts values into a form and changes nothing else of it."""
