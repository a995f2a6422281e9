// title_zh: 有环节的产业链
// title_en: Chains with segments
// answers: the chains that have a segment, with their names
// returns node: map of id, caption, name and short_name
MATCH (c:Chain)-[:HAS_SEGMENT]->(s:Segment)
WITH DISTINCT c
RETURN {id: c.id, caption: c.caption, name: c.name, short_name: c.short_name} AS node
