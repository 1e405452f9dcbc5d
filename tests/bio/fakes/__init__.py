"""Devices that speak the real protocols, for real drivers: nothing of bleak or BrainFlow is patched."""
