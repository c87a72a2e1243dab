"""The server laptops meet at: routes, push transaction, Blobs, access, invites; runs on SQLite and a folder."""
