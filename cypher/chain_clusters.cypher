// title_zh: 产业链的集群
// title_en: Clusters of a chain
// answers: the clusters about a chain or its segments, or that a segment of it is in
// param id: text, chain id
// param limit: integer, rows
// param cap: integer, where counting stops
// returns total: found, at most the cap
// returns node: stored properties of the cluster
MATCH (c:Entity {id: $id})-[:HAS_SEGMENT*0..1]->(x:Entity)-[:ABOUT|IN_CLUSTER]-(k:Cluster)
WITH DISTINCT k
ORDER BY k.id
LIMIT $cap
WITH collect(properties(k)) AS found
UNWIND found[0..$limit] AS node
RETURN size(found) AS total, node AS node
