// title_zh: 若干实体发出的关系
// title_en: Outgoing relations of several entities
// answers: the relations of some classes that leave the entities given, with their other ends
// param ids: list of text, entity ids
// param day: ISO date on which the relation is not known to be invalid, "" for any
// param limit: integer, relations in all
// placeholders: {{RELS}} relation classes
// returns id: the entity given
// returns type: relation class
// returns link: stored properties of the relation
// returns node: stored properties of the other end
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[e:{{RELS}}]->(m:Entity)
WHERE $day = '' OR ((e.valid_to_max IS NULL OR e.valid_to_max >= $day)
  AND (e.valid_from_min IS NULL OR e.valid_from_min <= $day))
RETURN id AS id, type(e) AS type, properties(e) AS link, properties(m) AS node
ORDER BY id, m.id, e.rid
LIMIT $limit
