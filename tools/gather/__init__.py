"""Makes the built-in Jiangxi tables from gathered CSV folders, curated rows and recorded decisions.

Run `python -m tools.gather GATHERED_DIR [--out FOLDER] [--report FILE] [--despite-problems]`.
Data runs one way: gathered folders → `parts/*.py` (one per subject, each `build(tables, gathered)`) and
`curated/*.csv` → `Tables` → `resolve` (ids by `decisions/*.csv`) → `unite` → checks → CSV files.

A part reads `gathered.rows("firms")` and adds final-format rows with the gathered row as their origin:

    for row in gathered.rows("parks"):
        tables.add("parks", row, id=f"park/{row['id']}", name=row["name"],
                   place=place_ref(row["place_code"]), **provenance(gathered, row))
    tables.relate("in_park", row, "firm/…", "park/…", **provenance(gathered, row, own=row["as_of"]))
    tables.drop(row, "reason")

Raw ids are the gathered ids behind the class prefix: `firm/<id>`, `segment/<chain>/<slug>`,
`place/<code>` (`place_ref`), `chain/<slug>` (`chain_ref`), sources by `gathered.sources_of(row)`. Merges
and readable ids come afterwards, from the decisions, so that a part need not know them. Every gathered row
must be the origin of a row or be dropped with a reason.
"""
