"""The graph: its model, its truth store, its engines, and every question asked of it."""
