"""Programmes: plans of sessions over days or weeks, as they were written. `load` is the door."""
