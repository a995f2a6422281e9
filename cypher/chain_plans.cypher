// title_zh: 产业链的规划
// title_en: Plans of a chain
// answers: the plans a chain aligns with or that cover it, with the plans these are part of
// param id: text, chain id
// param limit: integer, plans in all
// placeholders: {{DEPTH}} depth
// returns node: stored properties of the plan
MATCH (c:Entity {id: $id})-[:ALIGNS_WITH|COVERS]-(p:Plan)
MATCH (p)-[:PART_OF*0..{{DEPTH}}]->(plan:Plan)
WITH DISTINCT plan
ORDER BY plan.id
LIMIT $limit
RETURN properties(plan) AS node
