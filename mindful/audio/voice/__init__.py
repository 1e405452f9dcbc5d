"""The voice: how lines of guidance become sound. `choose.open_narrator` is the way in."""
