// title_zh: 移除关系
// title_en: Remove relations
// answers: removes relations of one class
// param rows: list of {rid, a}
// placeholders: {{REL}} relation class
UNWIND $rows AS r
MATCH (a:Entity {id: r.a})-[e:{{REL}} {rid: r.rid}]->()
DELETE e
