"""What carries frames to a listener: one protocol (`base`), and a module for each way. Only `choose` names them all."""
