// title_zh: 环节所出的产品
// title_en: Products made in segments
// answers: the products that the segments given make
// param ids: list of text, segment ids
// param limit: integer, rows in all
// returns segment: segment id
// returns product: id of the product
// returns name: its caption
// returns link: map of rid, standing, grade, sources, seen_first, seen_last, valid_from and valid_to of MAKES
UNWIND $ids AS id
MATCH (s:Entity {id: id})-[e:MAKES]->(p:Product)
RETURN id AS segment, p.id AS product, p.caption AS name,
  {rid: e.rid, standing: e.standing, grade: e.grade, sources: e.sources, seen_first: e.seen_first,
   seen_last: e.seen_last, valid_from: e.valid_from, valid_to: e.valid_to} AS link
ORDER BY id, p.id
LIMIT $limit
