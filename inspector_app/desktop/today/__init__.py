"""What today asks for: drafts, deadlines, visits, and the quickest way to begin one."""
