// title_zh: 各类指向它的关系有多少邻居
// title_en: Incoming neighbours of every relation class, counted
// answers: how many distinct entities each relation class leads to among the first relations that reach an entity
// param id: text, entity id
// param day: ISO date on which the relation is not known to be invalid, "" for any
// param cap: integer, relations looked at; with fewer relations the counts are complete
// returns relation: relation class
// returns found: distinct other ends
// returns links: relations
MATCH (n:Entity {id: $id})<-[e]-(m)
WHERE $day = '' OR ((e.valid_to_max IS NULL OR e.valid_to_max >= $day)
  AND (e.valid_from_min IS NULL OR e.valid_from_min <= $day))
WITH e, m
LIMIT $cap
RETURN type(e) AS relation, count(DISTINCT m.id) AS found, count(e) AS links
