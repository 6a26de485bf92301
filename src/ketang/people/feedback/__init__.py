"""意见反馈: what visitors and users say about pages, and the answers."""
