// title_zh: 企业的子公司
// title_en: Subsidiaries of firms
// answers: the subsidiaries of the firms given, with their places
// param ids: list of text, firm ids
// param limit: integer, rows in all
// returns firm: firm id
// returns node: map of id, caption, founded, standing, grade and sources of the subsidiary
// returns link: stored properties of SUBSIDIARY_OF
// returns places: ids of its places
UNWIND $ids AS id
MATCH (f:Entity {id: id})<-[e:SUBSIDIARY_OF]-(c:Firm)
OPTIONAL MATCH (c)-[:LOCATED_IN]->(x:Place)
WITH id, e, c, collect(DISTINCT x.id) AS places
RETURN id AS firm, {id: c.id, caption: c.caption, founded: c.founded, standing: c.standing, grade: c.grade,
  sources: c.sources} AS node, properties(e) AS link, places AS places
ORDER BY id, c.id
LIMIT $limit
