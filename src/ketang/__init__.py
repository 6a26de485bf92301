"""The platform: calls, submissions, checks, reviews, awards, classroom; a Django product over `kebao`."""
