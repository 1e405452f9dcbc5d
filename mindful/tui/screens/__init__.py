"""The five screens. Each is imported when it is first wanted."""
