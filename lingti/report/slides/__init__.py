"""The deck: its slides as plain data, and as a PowerPoint file."""
