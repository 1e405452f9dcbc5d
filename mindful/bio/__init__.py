"""What the body does: sources, signals, feedback, the simulated client. Needs numpy alone; devices are extras."""
