"""A programme that somebody follows: what it was when it began, what was done since, and where that leads.

`plan` and `progress` are pure; `state` is the file, `done` reads the journal, `compiling` makes a plan of what was
written. Only `compiling` needs the models, so that `mindful programme today` can stand in a shell's prompt.
"""
