"""The command `kebao`: thin; it reads arguments, calls the library, prints."""
