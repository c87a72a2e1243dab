"""到位 (Daowei): an offline-first desktop app for on-site inspection teams."""

__version__ = "0.1.0"
