"""The publishers' files: which there are, and how one is fetched whole, checked and kept, or refused."""
