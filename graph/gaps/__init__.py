"""Links of chains in places: who is there, what is missing, weak or at risk, and who could fill it."""
