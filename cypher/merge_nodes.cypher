// title_zh: 写入实体
// title_en: Write entities
// answers: creates or overwrites entities of one class with whole property sets
// param rows: list of {id, props}; props holds id too
// placeholders: {{CLASS}} entity class
UNWIND $rows AS r
MERGE (n:{{CLASS}} {id: r.id})
ON CREATE SET n:Entity
SET n = r.props
