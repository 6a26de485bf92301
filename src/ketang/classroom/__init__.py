"""The classroom: published courses, studied by anybody."""
