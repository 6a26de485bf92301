"""Public notice: what is announced, for how long, objections and their answers."""
