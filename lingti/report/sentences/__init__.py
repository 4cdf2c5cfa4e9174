"""Sentences: above charts, in briefings, on slides, each named by what it finds."""
