// title_zh: “链长+园区”
// title_en: Chain chief and park
// answers: which chief of a chain stands with which park positioned for it, or guides which park
// param chains: list of text, chain ids
// param limit: integer, rows
// returns chain: id of the chain
// returns post: id of the chief's post
// returns person: id of a holder, null where none is recorded
// returns holds: stored properties of HOLDS
// returns type: POSITIONED_FOR or GUIDES
// returns link: stored properties of that relation
// returns about: id of the chain or segment the park is positioned for, the chain where it is guided
// returns other: id of the park
UNWIND $chains AS id
MATCH (post:Post)-[:CHIEF_OF]->(c:Entity {id: id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[e:POSITIONED_FOR]-(park:Park)
OPTIONAL MATCH (person:Person)-[h:HOLDS]->(post)
WITH c, post, person, h, e, x, park ORDER BY c.id, post.id, park.id, e.rid, person.id LIMIT $limit
RETURN c.id AS chain, post.id AS post, person.id AS person, properties(h) AS holds,
  type(e) AS type, properties(e) AS link, x.id AS about, park.id AS other
UNION ALL
UNWIND $chains AS id
MATCH (park:Park)<-[e:GUIDES]-(post:Post)-[:CHIEF_OF]->(c:Entity {id: id})
OPTIONAL MATCH (person:Person)-[h:HOLDS]->(post)
WITH c, post, person, h, e, park ORDER BY c.id, post.id, park.id, e.rid, person.id LIMIT $limit
RETURN c.id AS chain, post.id AS post, person.id AS person, properties(h) AS holds,
  type(e) AS type, properties(e) AS link, c.id AS about, park.id AS other
