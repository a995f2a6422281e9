// title_zh: 写入关系
// title_en: Write relations
// answers: creates or overwrites relations of one class with whole property sets; NEAR is the end with fewer relations
// param rows: list of lists, ids of both ends, rid, then the values of the other columns; unknown ones are null
// placeholders: {{REL}} relation class, {{NEAR}} end, {{IN}} arrow, {{OUT}} arrow, {{FAR}} end, {{PROPERTIES}} columns of a relation
UNWIND $rows AS r
MATCH (a:Entity {id: r[0]})
MATCH (b:Entity {id: r[1]})
MERGE ({{NEAR}}){{IN}}-[e:{{REL}} {rid: r[2]}]-{{OUT}}({{FAR}})
SET e = { {{PROPERTIES}} }
