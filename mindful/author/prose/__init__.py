"""A therapist's plain prose becomes a script: every word kept, pauses found, and each guess said."""
