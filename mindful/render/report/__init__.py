"""A report of what was practised: one page, one PDF or plain lines, all made of the same blocks.

`content` says what is in it, `plots` draws, `page`, `printed` and `lines` write. Called by `mindful report`.
"""
