"""Official papers of the selection: acceptance form, receipt, and what is handed over to the panel."""
