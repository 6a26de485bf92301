"""`ketang`, the command: thin, each subcommand in a file of its own."""
