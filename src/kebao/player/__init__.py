"""The player: one for the report, the classroom and the offline package. HTML is made here; script and style stand in `static`."""
