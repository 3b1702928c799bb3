"""The score of the engine against the gold set: `make score`, or `python -m tests.gold.scoring`."""
