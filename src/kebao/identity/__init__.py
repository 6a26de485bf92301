"""Numbers that carry a check character: credit code, identity number, 残疾人证."""
