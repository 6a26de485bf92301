"""Pages, by audience; what every page shares: templates, template tags, static files."""
