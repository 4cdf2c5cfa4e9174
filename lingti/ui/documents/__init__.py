"""Reports and decks on pages: what to make, how it will look, and the stage."""
