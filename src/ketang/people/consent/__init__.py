"""What somebody agreed to, with the very text that was shown."""
