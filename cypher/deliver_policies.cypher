// title_zh: 若干地区的政策
// title_en: Policies of some places
// answers: the policies of the places given that are about one of the entities given, or say of no chain, and are known by a day
// param places: list of text, place ids
// param about: list of text, ids of chains and segments
// param day: ISO date
// param limit: integer, rows
// returns node: stored properties of the policy
// returns places: list of {id, cls, caption}
// returns about: list of {id, cls, caption} of chains and segments it is about
UNWIND $places AS place
MATCH (a:Entity {id: place})<-[:LOCATED_IN]-(q:Policy)
WITH DISTINCT q
WHERE coalesce(q.issued_min, q.valid_from_min, q.seen_first, '') <= $day
OPTIONAL MATCH (q)-[:ABOUT]->(x:Entity)
WITH q, collect(DISTINCT CASE WHEN x IS NULL THEN NULL ELSE {id: x.id, cls: x.cls, caption: x.caption} END) AS about
WHERE size(about) = 0 OR any(x IN about WHERE x.id IN $about)
WITH q, about
ORDER BY q.id
LIMIT $limit
MATCH (q)-[:LOCATED_IN]->(p:Place)
WITH q, about, collect(DISTINCT {id: p.id, cls: p.cls, caption: p.caption}) AS places
RETURN properties(q) AS node, about AS about, places AS places
ORDER BY q.id
