"""What went wrong is written down on this computer, without names or answers, and shown at the next start."""
