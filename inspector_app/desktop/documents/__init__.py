"""Papers on screen: preview, save as PDF, print."""
