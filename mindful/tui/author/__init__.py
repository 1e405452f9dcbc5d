"""The therapist's workbench on the screen; what it knows about scripts is in `mindful.author`."""
