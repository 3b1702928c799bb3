"""A folder of one's own: settings, rules, profiles and decisions that commands pick up."""

from analyser.workspace.find import find_workspace
from analyser.workspace.model import FILE, Workspace

__all__ = ["FILE", "Workspace", "find_workspace"]
