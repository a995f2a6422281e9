// title_zh: 企业的基地在做什么
// title_en: What the sites of firms work in
// answers: the segments in which the sites of the firms given work
// param ids: list of text, firm ids
// param limit: integer, rows in all
// returns works: list of maps in the order of the firms: firm (its id), site (caption of the site), segment (map of id and caption) and link (map of rid, product, capacity, status, as_of, standing, grade, sources, seen_first, seen_last, valid_from and valid_to of WORKS_IN)
UNWIND $ids AS id
MATCH (f:Entity {id: id})-[:OPERATES]->(x:Site)-[e:WORKS_IN]->(s:Segment)
WITH id, x, e, s
ORDER BY id, s.id, e.rid
LIMIT $limit
RETURN collect({firm: id, site: x.caption, segment: {id: s.id, caption: s.caption}, link: {rid: e.rid,
  product: e.product, capacity: e.capacity, status: e.status, as_of: e.as_of, standing: e.standing,
  grade: e.grade, sources: e.sources, seen_first: e.seen_first, seen_last: e.seen_last,
  valid_from: e.valid_from, valid_to: e.valid_to}}) AS works
