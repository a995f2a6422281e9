// title_zh: “链长+链主”
// title_en: Chain chief and chain leader
// answers: which chief of a chain stands with which leading firm of it
// param chains: list of text, chain ids
// param limit: integer, rows
// returns chain: id of the chain
// returns post: id of the chief's post
// returns person: id of a holder, null where none is recorded
// returns holds: stored properties of HOLDS
// returns type: DESIGNATED_CHAIN_LEADER 链主 or FLAGSHIP_IN 龙头
// returns link: stored properties of that relation
// returns about: id of the chain or segment the firm leads
// returns other: id of the firm
UNWIND $chains AS id
MATCH (post:Post)-[:CHIEF_OF]->(c:Entity {id: id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[e:DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN]-(f:Firm)
OPTIONAL MATCH (person:Person)-[h:HOLDS]->(post)
WITH c, post, person, h, e, x, f ORDER BY c.id, post.id, f.id, e.rid, person.id LIMIT $limit
RETURN c.id AS chain, post.id AS post, person.id AS person, properties(h) AS holds,
  type(e) AS type, properties(e) AS link, x.id AS about, f.id AS other
