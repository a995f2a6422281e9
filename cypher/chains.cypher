// title_zh: 全部产业链
// title_en: All chains
// answers: every chain, or those with the ids given, with the numbers of its segments, sites and firms
// param ids: list of text, chain ids, empty for all
// param limit: integer, chains in all
// returns node: stored properties of the chain
// returns segments: number of segments
// returns sites: distinct sites recorded in them
// returns firms: distinct firms recorded in them
MATCH (c:Chain)
WHERE size($ids) = 0 OR c.id IN $ids
WITH c
ORDER BY c.id
LIMIT $limit
OPTIONAL MATCH (c)-[:HAS_SEGMENT]->(s:Segment)
OPTIONAL MATCH (s)<-[:WORKS_IN]-(site:Site)
OPTIONAL MATCH (f:Firm)-[:OPERATES]->(site)
WITH c, count(DISTINCT s.id) AS segments, count(DISTINCT site.id) AS sites, count(DISTINCT f.id) AS firms
RETURN properties(c) AS node, segments AS segments, sites AS sites, firms AS firms
