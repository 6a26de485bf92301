"""The keys with which this instance signs what it publishes: public halves in the database, the private one outside of it."""
