"""The gold set: sentences of regulatory drafting labelled by hand (GUIDE.md), and the reader of its files."""
