"""Typesets a code kept as Markdown into files that look like a publisher's own, to be read back in tests."""
