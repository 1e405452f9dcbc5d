"""The screen in a browser, by textual-serve, for `mindful serve`. It needs the extra `browser`."""
