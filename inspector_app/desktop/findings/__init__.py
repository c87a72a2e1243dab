"""What must be put right: the list of Findings and the way to closure."""
