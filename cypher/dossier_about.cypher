// title_zh: 说到若干实体的某类条目
// title_en: What is recorded about several entities, of one class
// answers: the entities of one class that are about the entities given, the newest first
// param ids: list of text, entity ids
// param limit: integer, rows
// placeholders: {{CLASS}} entity class
// returns id: the entity given
// returns node: stored properties of what is about it
UNWIND $ids AS id
MATCH (a:Entity {id: id})<-[:ABOUT]-(n:{{CLASS}})
WITH id, n
ORDER BY coalesce(n.date_max, n.as_of_max, n.period_max, n.seen_last, '') DESC, n.id
LIMIT $limit
RETURN id AS id, properties(n) AS node
