// title_zh: 关于产业链的指标或表述
// title_en: Figures or statements about a chain
// answers: the observations (or statements) about a chain or its segments known on a day, list by list, the latest first
// param id: text, chain id
// param lists: list of {key, kinds, ahead}: name, values of the property kind, whether the report's date decides (else the period)
// param day: text, ISO day
// param limit: integer, rows a list
// param cap: integer, where counting stops
// placeholders: {{CLASS}} entity class
// returns key: name of the list
// returns total: found for the list, at most the cap
// returns node: stored properties
// returns about: list of {id, cls, caption} it is about
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[:ABOUT]-(o:{{CLASS}})
WITH DISTINCT o
ORDER BY coalesce(o.period_max, '') DESC, o.id
UNWIND $lists AS l
WITH l, o
WHERE coalesce(o.kind, 'unknown') IN l.kinds
  AND coalesce(CASE WHEN l.ahead THEN null ELSE o.period_min END, o.seen_first, '') <= $day
WITH l.key AS key, collect(o)[0..$cap] AS found
UNWIND found[0..$limit] AS o
MATCH (o)-[:ABOUT]->(a:Entity)
WITH key, size(found) AS total, o, collect(DISTINCT {id: a.id, cls: a.cls, caption: a.caption}) AS about
RETURN key AS key, total AS total, properties(o) AS node, about AS about
ORDER BY coalesce(o.period_max, '') DESC, o.id
