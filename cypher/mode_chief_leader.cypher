// title_zh: “链长+链主”
// title_en: Chain chief and chain leader
// answers: which chief of a chain stands with which leading firm of it
// param chains: list of text, chain ids
// param limit: integer, rows
// returns chain: stored properties of the chain
// returns post: stored properties of the chief's post
// returns person: stored properties of a holder, null where none is recorded
// returns holds: stored properties of HOLDS
// returns type: DESIGNATED_CHAIN_LEADER 链主 or FLAGSHIP_IN 龙头
// returns link: stored properties of that relation
// returns about: stored properties of the chain or segment the firm leads
// returns other: stored properties of the firm
UNWIND $chains AS id
MATCH (post:Post)-[:CHIEF_OF]->(c:Entity {id: id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[e:DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN]-(f:Firm)
OPTIONAL MATCH (person:Person)-[h:HOLDS]->(post)
RETURN properties(c) AS chain, properties(post) AS post, properties(person) AS person, properties(h) AS holds,
  type(e) AS type, properties(e) AS link, properties(x) AS about, properties(f) AS other
ORDER BY c.id, post.id, f.id, e.rid, person.id
LIMIT $limit
