"""One mail's raw bytes become a `ReadMail`: bad input is a remark, never an exception, and nothing of it is dropped silently."""
