"""Sound files, one small module a format: each takes blocks of frames and writes its own tags and chapters.

A container is made with the file, the number of frames and the tags, gets `write(block)` for every block of (n, 2)
float32, and `close()` at the end. What goes wrong with the file is raised by either.
"""
