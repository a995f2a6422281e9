// title_zh: 一个实体
// title_en: One entity
// answers: the entity with an id, with all that the graph holds of it
// param id: text, entity id
// returns node: its stored properties
MATCH (n:Entity {id: $id})
RETURN properties(n) AS node
LIMIT 1
