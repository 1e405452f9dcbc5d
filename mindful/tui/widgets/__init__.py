"""What screens are made of: rows of words, a page that scrolls, the breathing circle, a field to write in."""
