"""The audit log: who did what to which thing, when; append-only, chained, and checked by `ketang verify-audit`.

An action writes inside `audited()` and calls `record(...)` before it ends; state and log are one transaction.
"""
