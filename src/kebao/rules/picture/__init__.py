"""Rules on picture and sound that the container's facts decide (moe/2013)."""
