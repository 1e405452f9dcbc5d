"""Hand-off without a server: packs from therapist to client, summaries from client to therapist. Called by cli/."""
