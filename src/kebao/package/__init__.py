"""The native course package (培训包): its manifest, its readers and writers."""
