"""Pages and pictures: what a person sees of the graph. Nothing here reads the engine itself."""
