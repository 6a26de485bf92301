"""Safe reading of what strangers send: folders, zip and tar archives, XML, office files, pictures, names."""
