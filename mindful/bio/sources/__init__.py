"""Where signals come from: straps, headsets, streams, files, the simulated client. `opening.open_source` makes one."""
