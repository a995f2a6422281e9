// title_zh: 关于环节与产业链的表述、指标或覆盖声明
// title_en: Statements, figures or coverage declarations about segments and chains
// answers: the entities of one class that speak of the segments and chains given, with all they speak of
// param ids: list of text, ids of segments or chains
// placeholders: {{CLASS}} entity class, {{REL}} relation class
// returns node: stored properties
// returns about: ids of all that it speaks of
UNWIND $ids AS id
MATCH (x:Entity {id: id})<-[:{{REL}}]-(o:{{CLASS}})
WITH DISTINCT o
MATCH (o)-[:{{REL}}]->(a:Entity)
RETURN properties(o) AS node, collect(DISTINCT a.id) AS about
