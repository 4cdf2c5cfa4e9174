"""Opens a blank form, finds what is to be filled, and what names it."""
