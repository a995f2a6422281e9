// title_zh: 产品的上位
// title_en: What products are a kind of
// answers: the products of which those given are a kind, directly or in a few steps
// param ids: list of text, product ids
// param limit: integer, rows in all
// placeholders: {{DEPTH}} depth
// returns id: the product given
// returns product: id of the other product
// returns name: its caption
// returns rids: ids of the relations between them, of one shortest way
UNWIND $ids AS id
MATCH way = (p:Entity {id: id})-[:KIND_OF*1..{{DEPTH}}]->(q:Product)
WHERE q.id <> id
WITH id, q, length(way) AS steps, [e IN relationships(way) | e.rid] AS rids
ORDER BY id, q.id, steps, rids[0]
WITH id, q, collect(rids)[0] AS rids
RETURN id AS id, q.id AS product, q.caption AS name, rids AS rids
ORDER BY id, size(rids), product
LIMIT $limit
