"""Settings, addresses, the embedded database, and how the process starts."""
