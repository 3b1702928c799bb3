"""The commands: one file each, thin calls of the functions that do the work."""
