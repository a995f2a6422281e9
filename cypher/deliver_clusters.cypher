// title_zh: 一条链在若干地区的集群
// title_en: Clusters of a chain in some places
// answers: the clusters of a chain or its segments that lie in the places given and are known by a day, with their places, chains, titles and counts
// param id: text, chain id
// param places: list of text, place ids
// param day: ISO date
// param metrics: list of text, Observation.metric
// param kinds: list of text, Observation.kind
// param limit: integer, rows
// returns node: stored properties of the cluster
// returns places: list of {id, cls, caption}
// returns chains: list of {id, cls, caption}
// returns titles: list of {name, status, year, sources} of the titles it holds
// returns figures: list of {metric, value, period, scope, sources} of observations about it, known by the day
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT*0..1]->(x:Entity)-[:ABOUT|IN_CLUSTER]-(k:Cluster)
WITH DISTINCT k
WHERE coalesce(k.year_min, k.valid_from_min, k.seen_first, '') <= $day
  AND (k.valid_to_max IS NULL OR k.valid_to_max >= $day)
MATCH (k)-[:LOCATED_IN]->(p:Place)
WITH k, collect(DISTINCT {id: p.id, cls: p.cls, caption: p.caption}) AS places
WHERE any(p IN places WHERE p.id IN $places)
WITH k, places
ORDER BY k.id
LIMIT $limit
OPTIONAL MATCH (k)-[:ABOUT]->(h:Chain)
WITH k, places,
  collect(DISTINCT CASE WHEN h IS NULL THEN NULL ELSE {id: h.id, cls: h.cls, caption: h.caption} END) AS chains
OPTIONAL MATCH (t:Title)-[:ABOUT]->(k)
WITH k, places, chains, collect(DISTINCT CASE WHEN t IS NULL THEN NULL ELSE
  {name: coalesce(t.kind, t.name), status: t.status, year: t.year, first: coalesce(t.year_min, t.seen_first, ''),
   sources: t.sources} END) AS titles
OPTIONAL MATCH (o:Observation)-[:ABOUT]->(k)
WHERE o.metric IN $metrics AND o.kind IN $kinds
  AND coalesce(o.period_min, o.seen_first, '') <= $day
WITH k, places, chains, titles, collect(DISTINCT CASE WHEN o IS NULL THEN NULL ELSE
  {metric: o.metric, value: o.value, period: o.period, last: coalesce(o.period_max, ''), scope: o.scope,
   sources: o.sources} END) AS figures
RETURN properties(k) AS node, places AS places, chains AS chains, titles AS titles, figures AS figures
ORDER BY k.id
