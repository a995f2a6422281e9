// title_zh: 关于产业链的活动
// title_en: Events about a chain
// answers: the events about a chain or its segments that are not known to be later than a day, the latest first
// param id: text, chain id
// param day: ISO date
// param limit: integer, rows
// param cap: integer, where counting stops
// returns total: found, at most the cap
// returns node: stored properties of the event
// returns around: list of {type, id, cls, caption, role} of what it is about (ABOUT) and where it was (LOCATED_IN); role of a post
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[:ABOUT]-(o:Event)
WHERE o.date_min IS NULL OR o.date_min <= $day
WITH DISTINCT o
ORDER BY coalesce(o.date_max, '') DESC, o.id
LIMIT $cap
WITH collect(o) AS found
UNWIND found[0..$limit] AS o
MATCH (o)-[r:ABOUT|LOCATED_IN]->(a:Entity)
WITH size(found) AS total, o,
  collect(DISTINCT {type: type(r), id: a.id, cls: a.cls, caption: a.caption, role: a.role}) AS around
RETURN total AS total, properties(o) AS node, around AS around
ORDER BY coalesce(o.date_max, '') DESC, o.id
