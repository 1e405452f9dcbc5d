"""The simulated client: a heart that follows the breath and a brain that learns from reward, several bodies by seed."""
