"""From a file of any kind to a known text: its code, date and numbering, and what was not placed."""
