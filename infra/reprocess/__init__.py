"""The command `dateline reprocess`: by hand what the schedules do, and what a person decides."""
