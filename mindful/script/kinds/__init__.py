"""One declaration for each kind of step: it is the model, the schema and the reference of that kind."""
