// title_zh: 写入关系
// title_en: Write relations
// answers: creates or overwrites relations of one class with whole property sets
// param rows: list of {rid, a, b, props}; props holds rid too
// placeholders: {{REL}} relation class
UNWIND $rows AS r
MATCH (a:Entity {id: r.a})
MATCH (b:Entity {id: r.b})
MERGE (a)-[e:{{REL}} {rid: r.rid}]->(b)
SET e = r.props
