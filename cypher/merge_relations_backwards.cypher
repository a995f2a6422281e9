// title_zh: 写入关系（从终点一侧）
// title_en: Write relations from their targets
// answers: as merge_relations, for sources with more relations than the targets: the embedded engine looks through the relations of the end named first
// param rows: list of lists, ids of both ends, rid, then the values of the other columns; unknown ones are null
// placeholders: {{REL}} relation class, {{PROPERTIES}} columns of a relation
UNWIND $rows AS r
MATCH (a:Entity {id: r[0]})
MATCH (b:Entity {id: r[1]})
MERGE (b)<-[e:{{REL}} {rid: r[2]}]-(a)
SET e = { {{PROPERTIES}} }
