"""Letters that go out by mail: written in the transaction of what they tell, sent by a job afterwards, and never twice."""
