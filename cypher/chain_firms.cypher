// title_zh: 产业链的链主或龙头
// title_en: Leading firms of a chain
// answers: the firms that one relation class names for a chain or one of its segments
// param id: text, chain id
// param limit: integer, rows
// param cap: integer, where counting stops
// placeholders: {{REL}} relation class
// returns total: rows found, at most the cap
// returns node: stored properties of the firm
// returns link: stored properties of the relation
// returns about: stored properties of the chain or segment
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[e:{{REL}}]-(f:Firm)
WITH DISTINCT f, e, x
ORDER BY f.id, e.rid
LIMIT $cap
WITH collect({node: properties(f), link: properties(e), about: properties(x)}) AS found
UNWIND found[0..$limit] AS row
RETURN size(found) AS total, row.node AS node, row.link AS link, row.about AS about
