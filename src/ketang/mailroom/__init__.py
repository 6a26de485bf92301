"""The mailroom: letters are fetched or imported, read, and told apart. Pure functions; no database, and nothing on the server is changed."""
