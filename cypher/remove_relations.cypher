// title_zh: 移除关系
// title_en: Remove relations
// answers: removes relations of one class, going through the relations of a source once
// param sources: list of lists, id of a source and a map by rid
// placeholders: {{REL}} relation class
UNWIND $sources AS s
MATCH (a:Entity {id: s[0]})
MATCH (a)-[e:{{REL}}]->()
WITH e, s[1][e.rid] AS named
WHERE named IS NOT NULL
DELETE e
