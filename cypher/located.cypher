// title_zh: 设在某地的职务或机构
// title_en: What is located at a place itself
// answers: the entities of one class whose place is the one given (not a place within it)
// param id: text, place id
// param limit: integer, rows
// placeholders: {{CLASS}} entity class
// returns node: stored properties
MATCH (p:Entity {id: $id})<-[:LOCATED_IN]-(n:{{CLASS}})
RETURN properties(n) AS node
ORDER BY n.id
LIMIT $limit
