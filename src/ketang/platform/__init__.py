"""What the applets share: audit log, files by digest, background work."""
