"""What is searched, as the table and the bucket hold it."""
