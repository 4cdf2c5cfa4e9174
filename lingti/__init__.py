"""Lingti (领题): how a district's communities do, from the spreadsheets they keep."""
