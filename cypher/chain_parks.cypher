// title_zh: 产业链在哪些园区有基地
// title_en: Parks where a chain is at work
// answers: the parks in which sites work in segments of a chain, most firms first
// param id: text, chain id
// param limit: integer, rows
// returns total: parks in all
// returns node: stored properties of the park
// returns segments: distinct segments there
// returns sites: distinct sites there
// returns firms: distinct firms there
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT]->(s:Segment)<-[:WORKS_IN]-(site:Site)-[:IN_PARK]->(p:Park)
OPTIONAL MATCH (f:Firm)-[:OPERATES]->(site)
WITH p, count(DISTINCT s.id) AS segments, count(DISTINCT site.id) AS sites, count(DISTINCT f.id) AS firms
ORDER BY firms DESC, p.id
WITH collect({node: properties(p), segments: segments, sites: sites, firms: firms}) AS found
UNWIND found[0..$limit] AS row
RETURN size(found) AS total, row.node AS node, row.segments AS segments, row.sites AS sites, row.firms AS firms
