"""What pages are put together from: HTML, tables, cards, choices, links, marks."""
