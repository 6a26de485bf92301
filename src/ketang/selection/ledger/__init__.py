"""The ledger (收件台账): one row for everything that ever arrived, by every door."""
