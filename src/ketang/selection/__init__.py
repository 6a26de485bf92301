"""Selection: calls, intake, checking, reviewing, awarding. One application, an applet a folder."""
