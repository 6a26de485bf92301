"""What a learner has done: watched stretches, time with texts, hours by class of content."""
