"""Which rule judges which subject; what comes of it becomes a report."""
