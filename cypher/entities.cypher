// title_zh: 若干实体
// title_en: Several entities
// answers: the entities with the ids given, those that exist
// param ids: list of text, entity ids
// returns node: stored properties
UNWIND $ids AS id
MATCH (n:Entity {id: id})
RETURN properties(n) AS node
