"""From tokens to trees: a chart parser over the rules of a table, and what only looks like a date."""
