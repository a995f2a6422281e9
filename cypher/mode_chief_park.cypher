// title_zh: “链长+园区”
// title_en: Chain chief and park
// answers: which chief of a chain stands with which park positioned for it, or guides which park
// param chains: list of text, chain ids
// param limit: integer, rows
// returns chain: stored properties of the chain
// returns post: stored properties of the chief's post
// returns person: stored properties of a holder, null where none is recorded
// returns holds: stored properties of HOLDS
// returns type: POSITIONED_FOR or GUIDES
// returns link: stored properties of that relation
// returns about: stored properties of the chain or segment the park is positioned for, the chain where it is guided
// returns other: stored properties of the park
UNWIND $chains AS id
MATCH (post:Post)-[:CHIEF_OF]->(c:Entity {id: id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[e:POSITIONED_FOR]-(park:Park)
OPTIONAL MATCH (person:Person)-[h:HOLDS]->(post)
WITH c, post, person, h, e, x, park ORDER BY c.id, post.id, park.id, e.rid, person.id LIMIT $limit
RETURN properties(c) AS chain, properties(post) AS post, properties(person) AS person, properties(h) AS holds,
  type(e) AS type, properties(e) AS link, properties(x) AS about, properties(park) AS other
UNION ALL
UNWIND $chains AS id
MATCH (park:Park)<-[e:GUIDES]-(post:Post)-[:CHIEF_OF]->(c:Entity {id: id})
OPTIONAL MATCH (person:Person)-[h:HOLDS]->(post)
WITH c, post, person, h, e, park ORDER BY c.id, post.id, park.id, e.rid, person.id LIMIT $limit
RETURN properties(c) AS chain, properties(post) AS post, properties(person) AS person, properties(h) AS holds,
  type(e) AS type, properties(e) AS link, properties(c) AS about, properties(park) AS other
