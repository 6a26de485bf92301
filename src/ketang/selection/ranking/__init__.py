"""Ranking: agreement, adjusted means, sensitivity, the panel's meeting, and rankings that can be made again from the sheets."""
