// title_zh: 产业链的项目数，按状态
// title_en: Projects of a chain by status
// answers: how many distinct projects fill segments of a chain, by their latest known status
// param id: text, chain id
// returns status: status, "unknown" where none is recorded
// returns found: distinct projects
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT]->(:Segment)<-[:FILLS]-(p:Project)
WITH coalesce(p.status, 'unknown') AS status, count(DISTINCT p.id) AS found
RETURN status AS status, found AS found
ORDER BY status
