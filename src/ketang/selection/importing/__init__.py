"""The office's old spreadsheet as arrivals of the ledger: read, understood column by column, taken in once, and taken back."""
