"""One typed graph from the words to the uncovered people."""
