// title_zh: 企业建设的项目
// title_en: Projects that firms build
// answers: the projects of the firms given, with the places where they are or where their parks are
// param ids: list of text, firm ids
// param limit: integer, rows in all
// returns firm: firm id
// returns node: stored properties of the project
// returns places: ids of its places
// returns parks: ids of the places of its parks
UNWIND $ids AS id
MATCH (f:Entity {id: id})-[:BUILDS]->(p:Project)
OPTIONAL MATCH (p)-[:LOCATED_IN]->(x:Place)
WITH id, p, collect(DISTINCT x.id) AS places
OPTIONAL MATCH (p)-[:IN_PARK]->(:Park)-[:LOCATED_IN]->(y:Place)
WITH id, p, places, collect(DISTINCT y.id) AS parks
RETURN id AS firm, properties(p) AS node, places AS places, parks AS parks
ORDER BY id, p.id
LIMIT $limit
