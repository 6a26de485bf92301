"""The list of what had arrived at the deadline of a call: sealed, published, and verified by anybody without this system."""
