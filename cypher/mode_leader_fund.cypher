// title_zh: “链主+基金”
// title_en: Chain leader and fund
// answers: which leading firm of a chain sponsors, or is funded by, which fund
// param chains: list of text, chain ids
// param limit: integer, rows
// returns chain: id of the chain
// returns lead_type: DESIGNATED_CHAIN_LEADER 链主 or FLAGSHIP_IN 龙头
// returns lead: stored properties of that relation
// returns about: id of the chain or segment the firm leads
// returns firm: id of the firm
// returns type: SPONSORS or FUNDS
// returns link: stored properties of that relation
// returns other: id of the fund
UNWIND $chains AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT*0..1]->(x:Entity)<-[l:DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN]-(f:Firm)-[e:SPONSORS|FUNDS]-(fund:Fund)
WITH c, f, fund, l, e, x ORDER BY c.id, f.id, fund.id, l.rid, e.rid LIMIT $limit
RETURN c.id AS chain, type(l) AS lead_type, properties(l) AS lead, x.id AS about,
  f.id AS firm, type(e) AS type, properties(e) AS link, fund.id AS other
