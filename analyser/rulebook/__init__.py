"""What the engine knows, as data: the YAML files of rules/ read into one frozen Rulebook."""

from analyser.rulebook.load import load
from analyser.rulebook.models import Rulebook

__all__ = ["Rulebook", "load"]
