"""From tables to assertions to a plan: reader, site maker, check, load."""
