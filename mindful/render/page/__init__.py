"""A session as one HTML page that a client opens by a double click: sound, pacer, captions and forms in one file.

Called by `mindful.render.job`. Nothing in the page comes from elsewhere and nothing leaves it.
"""
