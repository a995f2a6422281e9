// title_zh: 集群的“六个一”
// title_en: The six ones of a cluster
// answers: the promotion bodies, alliances, chain leaders, innovation centres, funds and colleges that belong to a cluster, to its chains, or to a firm in it
// param id: text, cluster id
// param limit: integer, rows of each way
// returns node: stored properties of the organisation, firm, platform or fund
// returns type: class of the last relation on the way
// returns link: its stored properties
// returns source: id of that relation's start
// returns target: id of that relation's end
// returns via: cluster, chain or member: through what it belongs to the cluster
MATCH (k:Entity {id: $id})<-[e:IN_CLUSTER|RESPONSIBLE_FOR|ABOUT]-(n:Entity)
WHERE n.cls IN ['Organisation', 'Platform', 'Fund']
WITH n, e, k ORDER BY n.id LIMIT $limit
RETURN properties(n) AS node, type(e) AS type, properties(e) AS link, n.id AS source, k.id AS target, 'cluster' AS via
UNION ALL
MATCH (k:Entity {id: $id})-[:ABOUT]->(c:Chain)<-[e:DESIGNATED_CHAIN_LEADER|FUNDS|ABOUT|RESPONSIBLE_FOR]-(n:Entity)
WHERE n.cls IN ['Firm', 'Organisation', 'Platform', 'Fund']
WITH n, e, c ORDER BY n.id LIMIT $limit
RETURN properties(n) AS node, type(e) AS type, properties(e) AS link, n.id AS source, c.id AS target, 'chain' AS via
UNION ALL
MATCH (k:Entity {id: $id})<-[:IN_CLUSTER]-(f:Firm)-[e:DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN|CO_BUILDS|SPONSORS]->(n:Entity)
WITH f, e, n ORDER BY f.id, n.id LIMIT $limit
RETURN CASE WHEN n.cls IN ['Platform', 'Fund'] THEN properties(n) ELSE properties(f) END AS node, type(e) AS type,
  properties(e) AS link, f.id AS source, n.id AS target, 'member' AS via
