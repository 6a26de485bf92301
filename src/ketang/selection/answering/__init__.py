"""Answers to mails: receipts, requests for what is missing with a link to upload it, and what the office writes by hand."""
