"""What waits for whom, and how a call goes: read from every room, written into none."""
