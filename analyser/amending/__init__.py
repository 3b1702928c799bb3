"""Amending instruments: their instructions are read from their headings and applied to the text they
amend.
"""
