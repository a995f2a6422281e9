// title_zh: 新建关系
// title_en: Create relations
// answers: creates relations of one class that are known not to be there
// param rows: list of lists, ids of both ends, rid, then the values of the other columns; unknown ones are null
// placeholders: {{REL}} relation class, {{PROPERTIES}} columns of a relation
UNWIND $rows AS r
MATCH (a:Entity {id: r[0]})
MATCH (b:Entity {id: r[1]})
CREATE (a)-[:{{REL}} { {{PROPERTIES}} }]->(b)
