"""codegap: from the words of a code of practice to the people those words leave uncovered."""

__version__ = "0.1.0"
