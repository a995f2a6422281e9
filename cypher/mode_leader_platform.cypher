// title_zh: “链主+平台”
// title_en: Chain leader and platform
// answers: which leading firm of a chain builds which platform
// param chains: list of text, chain ids
// param limit: integer, rows
// returns chain: id of the chain
// returns lead_type: DESIGNATED_CHAIN_LEADER 链主 or FLAGSHIP_IN 龙头
// returns lead: stored properties of that relation
// returns about: id of the chain or segment the firm leads
// returns firm: id of the firm
// returns type: CO_BUILDS
// returns link: stored properties of that relation
// returns other: id of the platform
UNWIND $chains AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[l:DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN]-(f:Firm)-[e:CO_BUILDS]->(p:Platform)
WITH c, f, p, l, e, x ORDER BY c.id, f.id, p.id, l.rid, e.rid LIMIT $limit
RETURN c.id AS chain, type(l) AS lead_type, properties(l) AS lead, x.id AS about,
  f.id AS firm, type(e) AS type, properties(e) AS link, p.id AS other
