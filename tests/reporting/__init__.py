"""Tests of the writers and the report."""
