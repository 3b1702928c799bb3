"""The facts of one service, read from a profile file, and how they answer what conditions ask."""

from analyser.profiles.facts import Facts, ProfileFacts
from analyser.profiles.model import Profile
from analyser.profiles.read import read, read_archetypes

__all__ = ["Facts", "Profile", "ProfileFacts", "read", "read_archetypes"]
