"""A generated dataset of any size: tables with skewed degrees, hubs, repeated pairs and known faults."""
