"""Rows become rows of ours: typed, held against rules, persons as pseudonyms."""
