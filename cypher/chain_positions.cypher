// title_zh: 以产业链为定位的地区、园区和板块
// title_en: Places positioned for a chain
// answers: the places, parks and zones positioned for a chain or one of its segments, with the role
// param id: text, chain id
// param limit: integer, rows
// param cap: integer, where counting stops
// returns total: rows found, at most the cap
// returns node: stored properties of the place, park or zone
// returns link: stored properties of the relation
// returns about: stored properties of the chain or segment
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[e:POSITIONED_FOR]-(p:Entity)
WITH DISTINCT p, e, x
ORDER BY p.id, e.rid
LIMIT $cap
WITH collect({node: properties(p), link: properties(e), about: properties(x)}) AS found
UNWIND found[0..$limit] AS row
RETURN size(found) AS total, row.node AS node, row.link AS link, row.about AS about
