// title_zh: 企业所在的产业链
// title_en: Chains of a firm
// answers: the chains in whose segments a firm has a site at work or planned, with the number of those segments
// param id: text, firm id
// param limit: integer, chains in all
// returns node: stored properties of the chain
// returns segments: distinct segments
MATCH (f:Entity {id: $id})-[:OPERATES]->(:Site)-[:WORKS_IN]->(s:Segment)<-[:HAS_SEGMENT]-(c:Chain)
WITH c, count(DISTINCT s.id) AS segments
ORDER BY c.id
LIMIT $limit
RETURN properties(c) AS node, segments AS segments
