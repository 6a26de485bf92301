"""Media: container facts. The only room (with `speech`) that imports PyAV."""
