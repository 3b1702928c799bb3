"""Our restatement against an official file: every disagreement as a row, and what agrees written down."""
