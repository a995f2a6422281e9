"""The four pictures 四图 as SVG, drawn on the server: texts escaped, colours always with letters."""
