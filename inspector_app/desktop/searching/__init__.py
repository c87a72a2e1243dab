"""What Ctrl+K looks for: commands, Sites, visits and Findings, in one list."""
