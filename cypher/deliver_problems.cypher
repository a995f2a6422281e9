// title_zh: 关于若干实体的问题
// title_en: Problems about some entities
// answers: the problems about the entities given that are known by a day, who raised them where, and who has to settle them
// param about: list of text, ids of chains, segments and projects
// param day: ISO date
// param limit: integer, rows
// returns node: stored properties of the problem
// returns about: list of {id, cls, caption} of what it is about
// returns raised: list of {id, cls, caption} of who raised it
// returns sited: ids of the places that raised it or that who raised it lies in, and of parks and places it is about
// returns groups: captions of the common problems it is grouped into
// returns assigned: list of {id, cls, caption} of who has to settle it
UNWIND $about AS id
MATCH (x:Entity {id: id})<-[:ABOUT]-(q:Problem)
WITH DISTINCT q
WHERE coalesce(q.date_min, q.valid_from_min, q.seen_first, '') <= $day
WITH q
ORDER BY q.id
LIMIT $limit
MATCH (q)-[:ABOUT]->(a:Entity)
WITH q, collect(DISTINCT {id: a.id, cls: a.cls, caption: a.caption}) AS about
OPTIONAL MATCH (q)-[:RAISED_BY]->(r:Entity)
WITH q, about,
  collect(DISTINCT CASE WHEN r IS NULL THEN NULL ELSE {id: r.id, cls: r.cls, caption: r.caption} END) AS raised
OPTIONAL MATCH (q)-[:RAISED_BY|ABOUT]->(s:Entity)-[:LOCATED_IN|IN_PARK]->(w:Entity)
WITH q, about, raised, collect(DISTINCT w.id) AS sited
OPTIONAL MATCH (q)-[:GROUPED_INTO]->(g:Problem)
WITH q, about, raised, sited, collect(DISTINCT g.caption) AS groups
OPTIONAL MATCH (q)-[:ASSIGNED_TO]->(o:Entity)
WITH q, about, raised, sited, groups,
  collect(DISTINCT CASE WHEN o IS NULL THEN NULL ELSE {id: o.id, cls: o.cls, caption: o.caption} END) AS assigned
RETURN properties(q) AS node, about AS about, raised AS raised, sited AS sited, groups AS groups,
  assigned AS assigned
ORDER BY q.id
