"""From the recommendations of a document to its duties: statements, grammar, what they do for people."""

from analyser.duties.find import DutyFindings, find, read_sentence, serves
from analyser.duties.statements import Explanation

__all__ = ["DutyFindings", "Explanation", "find", "read_sentence", "serves"]
