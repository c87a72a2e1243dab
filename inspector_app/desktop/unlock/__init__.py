"""Before anything is shown: the password, or the first run of a new laptop."""
