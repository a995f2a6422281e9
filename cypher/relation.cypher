// title_zh: 一条关系
// title_en: One relation
// answers: the relation of one class with an id, among those that leave an entity, with both its ends
// param rid: text, relation id
// param source: text, id of its start
// placeholders: {{REL}} relation class
// returns source: stored properties of its start
// returns link: stored properties of the relation
// returns target: stored properties of its end
MATCH (a:Entity {id: $source})-[e:{{REL}}]->(b:Entity)
WHERE e.rid = $rid
RETURN properties(a) AS source, properties(e) AS link, properties(b) AS target
LIMIT 1
