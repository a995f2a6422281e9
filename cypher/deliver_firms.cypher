// title_zh: 若干企业及其与链主的关系
// title_en: Several firms and their ties with leading firms
// answers: the firms with the ids given and their relations with the firms named as leaders
// param ids: list of text, firm ids
// param leaders: list of text, firm ids
// param limit: integer, rows
// returns node: stored properties of the firm
// returns ties: list of {type, out, id, cls, caption, what, sources}: out where the relation leaves the firm
UNWIND $ids AS id
MATCH (f:Entity {id: id})
WHERE f:Firm
WITH DISTINCT f
ORDER BY f.id
LIMIT $limit
OPTIONAL MATCH (f)-[e:SUPPLIES|COOPERATES_WITH|OWNS|SUBSIDIARY_OF|INVESTS_IN]-(l:Firm)
WHERE l.id IN $leaders
WITH f, collect(DISTINCT CASE WHEN l IS NULL THEN NULL ELSE
  {type: type(e), out: startNode(e).id = f.id, id: l.id, cls: l.cls, caption: l.caption, what: e.what,
   sources: e.sources} END) AS ties
RETURN properties(f) AS node, ties AS ties
ORDER BY f.id
