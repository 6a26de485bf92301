"""Rules on the sound of videos and recordings (A4(1)–(4), moe/2013, access/2.2)."""
