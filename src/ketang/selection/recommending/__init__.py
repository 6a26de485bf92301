"""Recommending bodies (P5): they work by a link without an account, list their members' packages, issue letters and see how things stand."""
