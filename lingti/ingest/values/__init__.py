"""A cell becomes a value: days, hours, numbers, texts."""
