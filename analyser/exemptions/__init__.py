"""From the words of a document to the ways out of its duties: qualifiers and limbs of applications."""

from analyser.exemptions.engine import QualifierFindings, find
from analyser.exemptions.trial import reads, try_text

__all__ = ["QualifierFindings", "find", "reads", "try_text"]
