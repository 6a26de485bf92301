"""Groups: a training centre's classes, the logins it gives out, and who may act for whom."""
