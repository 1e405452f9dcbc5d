"""Two practices compared by one person: days drawn by lot, and what they say. Called by `mindful compare`."""
