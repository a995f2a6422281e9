// title_zh: 产业链的项目数，按状态
// title_en: Projects of chains by status
// answers: how many distinct projects fill segments of each chain, by their latest known status
// param ids: list of text, chain ids
// returns chain: chain id
// returns status: status, "unknown" where none is recorded
// returns found: distinct projects
UNWIND $ids AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT]->(:Segment)<-[:FILLS]-(p:Project)
WITH id, coalesce(p.status, 'unknown') AS status, count(DISTINCT p.id) AS found
RETURN id AS chain, status AS status, found AS found
ORDER BY chain, status
