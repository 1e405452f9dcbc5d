"""The offline performer: a session as a sound file, as captions, as a script to read out. For `mindful render`."""
