// title_zh: 产业链的项目
// title_en: Projects of a chain
// answers: the projects that fill segments of a chain, the largest investment first, with builders and segments
// param id: text, chain id
// param limit: integer, rows
// param cap: integer, where counting stops
// returns total: found, at most the cap
// returns node: stored properties of the project
// returns segments: list of {id, cls, caption} it fills
// returns builders: list of {id, cls, caption} of firms
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT]->(:Segment)<-[:FILLS]-(p:Project)
WITH DISTINCT p
ORDER BY coalesce(p.investment_value, p.investment_low, p.investment_high, -1.0) DESC, p.id
LIMIT $cap
WITH collect(p) AS found
UNWIND found[0..$limit] AS p
MATCH (p)-[:FILLS]->(s:Segment)
WITH size(found) AS total, p, collect(DISTINCT {id: s.id, cls: s.cls, caption: s.caption}) AS segments
OPTIONAL MATCH (f:Firm)-[:BUILDS]->(p)
WITH total, p, segments, collect(DISTINCT CASE WHEN f IS NULL THEN NULL ELSE {id: f.id, cls: f.cls, caption: f.caption} END) AS builders
RETURN total AS total, properties(p) AS node, segments AS segments, builders AS builders
