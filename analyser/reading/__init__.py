"""From a source file to one canonical text: a reader a format, all giving the same `Source`."""
