"""补正通知: what a submission lacks, asked for by a date, answered item by item."""
