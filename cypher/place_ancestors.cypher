// title_zh: 地区及其上级
// title_en: Places and what they lie within
// answers: each place given and every place it lies within
// param ids: list of text, place ids
// placeholders: {{DEPTH}} depth
// returns id: the place given
// returns node: stored properties of it or of a place above it
UNWIND $ids AS id
MATCH (p:Entity {id: id})-[:WITHIN*0..{{DEPTH}}]->(a:Place)
RETURN DISTINCT id AS id, properties(a) AS node
