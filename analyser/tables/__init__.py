"""From what was judged to the rows of the published tables, every sentence made from its row."""
