// title_zh: 移除实体
// title_en: Remove entities
// answers: removes entities whose last assertion is gone
// param rows: list of ids
UNWIND $rows AS id
MATCH (n:Entity {id: id})
DETACH DELETE n
