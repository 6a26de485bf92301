"""The report as json, terminal, html and docx; Chinese or English."""
