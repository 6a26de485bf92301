"""课堂: the Django product over `kebao`. Its rooms are made by the issues that fill them."""
