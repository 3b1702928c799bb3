"""Two texts side by side: what was moved, changed, let out and closed, and for whom."""
