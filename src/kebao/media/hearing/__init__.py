"""What the arrays of the sound meters mean: speech, hum, clipping, steps of loudness. Nothing is decoded here."""
