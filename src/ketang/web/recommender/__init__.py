"""Pages of recommending bodies: opened by a link, without an account."""
