"""Why a number changed: the parts that add up to its change."""
