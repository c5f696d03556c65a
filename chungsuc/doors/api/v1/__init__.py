"""Version 1 of the API: thin operations over queries and actions; nothing is decided here."""
