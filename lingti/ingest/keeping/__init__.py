"""What was accepted is kept: batches, quarantine, corrections."""
