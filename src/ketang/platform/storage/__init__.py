"""Files by their digest: stored once, never changed, verified when they are read. A folder or S3, by settings."""
