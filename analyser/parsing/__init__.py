"""From a canonical text to its tree: numbering, measures, provisions, index, definitions."""
