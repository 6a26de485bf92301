"""Background work. The truth is our own row: queues only carry the hint that a job waits.

An action calls `enqueue("checking.measure", …)`; a job is a function registered under that name in a module of
`settings.JOB_MODULES`, so that actions never import jobs. A job may be killed at any instruction: what it does before
`finish()` must be harmless to do twice, what it does inside `finish()` happens exactly once.
"""
