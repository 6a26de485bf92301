"""The meters: one a file. `roster` says which there are and which belong to the cheap set."""
