// title_zh: 写入实体
// title_en: Write entities
// answers: creates or overwrites entities of one class with whole property sets
// param rows: list of lists, the values of the columns; id comes first, unknown values are null
// placeholders: {{CLASS}} entity class, {{PROPERTIES}} columns of a node
UNWIND $rows AS r
MERGE (n:{{CLASS}} {id: r[0]})
ON CREATE SET n:Entity
SET n = { {{PROPERTIES}} }
