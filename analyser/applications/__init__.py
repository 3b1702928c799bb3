"""From the words of an application paragraph to a condition over the facts of a service."""
