// title_zh: 某类指向它的关系有多少邻居
// title_en: Incoming neighbours of one relation class, counted
// answers: how many distinct entities stand at the other end of the relations of one class that reach an entity, counted up to a cap
// param id: text, entity id
// param day: ISO date on which the relation is not known to be invalid, "" for any
// param cap: integer, where counting stops
// placeholders: {{REL}} relation class
// returns found: distinct other ends, at most the cap
MATCH (n:Entity {id: $id})<-[e:{{REL}}]-(m:Entity)
WHERE $day = '' OR ((e.valid_to_max IS NULL OR e.valid_to_max >= $day)
  AND (e.valid_from_min IS NULL OR e.valid_from_min <= $day))
WITH DISTINCT m.id AS other
LIMIT $cap
RETURN count(other) AS found
