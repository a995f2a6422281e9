// title_zh: 若干类发出的关系的邻居，各一页
// title_en: Outgoing neighbours of several relation classes, the first page of each
// answers: the first entities, in the order of their ids, at the other end of the relations of each class that leave an entity, and how many there are
// param id: text, entity id
// param day: ISO date on which the relation is not known to be invalid, "" for any
// param cap: integer, relations looked at; with fewer relations everything is complete
// param limit: integer, entities a class
// param links: integer, relations shown between the same two
// placeholders: {{RELS}} relation classes
// returns relation: relation class
// returns total: distinct other ends of the class
// returns relations: relations of the class
// returns node: stored properties of the neighbour
// returns links: stored properties of the relations to it
// returns found: number of relations to it
MATCH (n:Entity {id: $id})-[e:{{RELS}}]->(m:Entity)
WHERE $day = '' OR ((e.valid_to_max IS NULL OR e.valid_to_max >= $day)
  AND (e.valid_from_min IS NULL OR e.valid_from_min <= $day))
WITH e, m
LIMIT $cap
WITH type(e) AS relation, m, collect(properties(e))[0..$links] AS links, count(e) AS found
ORDER BY relation, m.id
WITH relation, count(m) AS total, sum(found) AS relations, collect({m: m, links: links, found: found})[0..$limit] AS items
UNWIND items AS item
WITH relation, total, relations, item.m AS m, item.links AS links, item.found AS found
RETURN relation AS relation, total AS total, relations AS relations, properties(m) AS node, links AS links, found AS found
ORDER BY relation, m.id
