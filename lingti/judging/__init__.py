"""What stands behind a judgement: against what, whether real, who owes what, which rows."""
