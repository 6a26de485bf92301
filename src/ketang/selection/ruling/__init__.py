"""Rulings: what a person says of a finding or a clause, signed and with a reason. They lie beside the report, never in it."""
