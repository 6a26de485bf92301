"""How courses are used, in figures that stand for ten people and more."""
