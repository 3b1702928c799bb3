"""What people decided about findings: kept in a file, followed from text to text, shown beside them."""
