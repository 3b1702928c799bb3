"""Mutations: the words of a code are changed, and exactly the findings that rest on them change."""
