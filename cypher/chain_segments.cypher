// title_zh: 产业链的环节
// title_en: Segments of a chain
// answers: every segment of a chain with the segment it is part of and who works there
// param id: text, chain id
// param at_work: list of text, WORKS_IN.status values that count as at work ("unknown" where none is recorded)
// param limit: integer, segments in all
// returns node: stored properties of the segment
// returns parents: ids of the segments it is part of
// returns sites: distinct sites recorded
// returns firms: distinct firms recorded
// returns at_work: distinct firms at work
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT]->(s:Segment)
OPTIONAL MATCH (s)-[:PART_OF]->(p:Segment)
WITH s, collect(DISTINCT p.id) AS parents
ORDER BY s.id
LIMIT $limit
OPTIONAL MATCH (s)<-[w:WORKS_IN]-(site:Site)
OPTIONAL MATCH (f:Firm)-[:OPERATES]->(site)
WITH s, parents, count(DISTINCT site.id) AS sites, count(DISTINCT f.id) AS firms,
  count(DISTINCT CASE WHEN coalesce(w.status, 'unknown') IN $at_work THEN f.id END) AS at_work
RETURN properties(s) AS node, parents AS parents, sites AS sites, firms AS firms, at_work AS at_work
