"""Documents for people: the form, the undertaking, the label, the task sheet, as .docx."""
