"""Exchange with other systems: results of learners who agreed go to an external learning record store as xAPI statements."""
