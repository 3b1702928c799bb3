"""Readers: each kind of file gives the same source."""
