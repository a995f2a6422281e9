"""One module per subject, each with `build(tables, gathered)`; all are run, in the order of their names."""
