// title_zh: 某类指向它的关系的邻居，一页
// title_en: Incoming neighbours of one relation class, a page
// answers: a page of the entities at the other end of the relations of one class that reach an entity, in the order of their ids
// param id: text, entity id
// param day: ISO date on which the relation is not known to be invalid, "" for any
// param after: text, the last id of the page before, "" for the first page
// param limit: integer, entities a page
// param links: integer, relations shown between the same two
// placeholders: {{REL}} relation class
// returns node: stored properties of the neighbour
// returns links: stored properties of the relations to it
// returns found: number of relations to it
MATCH (n:Entity {id: $id})<-[e:{{REL}}]-(m:Entity)
WHERE m.id > $after AND ($day = '' OR ((e.valid_to_max IS NULL OR e.valid_to_max >= $day)
  AND (e.valid_from_min IS NULL OR e.valid_from_min <= $day)))
WITH m, collect(properties(e))[0..$links] AS links, count(e) AS found
ORDER BY m.id
LIMIT $limit
RETURN properties(m) AS node, links AS links, found AS found
