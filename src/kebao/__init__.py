"""课包: reads a vocational-training course package and judges it clause by clause.

Framework-free: no web framework, no network client. Everything a person reads is a `Text` in Chinese and English.
"""

__version__ = "0.1.0"
