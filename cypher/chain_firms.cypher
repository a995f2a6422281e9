// title_zh: 产业链的链主与龙头
// title_en: Leading firms of a chain
// answers: the firms that some relation classes name for a chain or one of its segments, class by class
// param id: text, chain id
// param limit: integer, rows a class
// param cap: integer, where counting stops
// placeholders: {{RELS}} relation classes
// returns type: relation class
// returns total: rows of the class found, at most the cap
// returns node: stored properties of the firm
// returns link: stored properties of the relation
// returns about: stored properties of the chain or segment
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[e:{{RELS}}]-(f:Firm)
WITH DISTINCT f, e, x
ORDER BY f.id, e.rid
WITH type(e) AS type, collect({f: f, e: e, x: x})[0..$cap] AS found
UNWIND found[0..$limit] AS row
WITH type, size(found) AS total, row.f AS f, row.e AS e, row.x AS x
RETURN type AS type, total AS total, properties(f) AS node, properties(e) AS link, properties(x) AS about
ORDER BY f.id, e.rid
