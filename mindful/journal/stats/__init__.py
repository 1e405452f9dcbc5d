"""What the journal comes to, in numbers that say how sure they are. Called by `mindful stats` and reports."""
