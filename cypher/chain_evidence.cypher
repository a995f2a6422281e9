// title_zh: 关于产业链的指标或表述
// title_en: Figures or statements about a chain
// answers: the observations (or statements) about a chain or its segments, the latest period first
// param id: text, chain id
// param kinds: list of text, values of the property kind that are wanted
// param limit: integer, rows
// param cap: integer, where counting stops
// placeholders: {{CLASS}} entity class
// returns total: found, at most the cap
// returns node: stored properties
// returns about: list of {id, cls, caption} it is about
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[:ABOUT]-(o:{{CLASS}})
WHERE coalesce(o.kind, 'unknown') IN $kinds
WITH DISTINCT o
ORDER BY coalesce(o.period_max, '') DESC, o.id
LIMIT $cap
WITH collect(o) AS found
UNWIND found[0..$limit] AS o
MATCH (o)-[:ABOUT]->(a:Entity)
WITH size(found) AS total, o, collect(DISTINCT {id: a.id, cls: a.cls, caption: a.caption}) AS about
RETURN total AS total, properties(o) AS node, about AS about
