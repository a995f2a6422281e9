// title_zh: 产品的生产者
// title_en: Makers of products
// answers: the firms, sites and segments that make the products given, those of each product in the order of their ids
// param ids: list of text, product ids
// param limit: integer, makers a product
// returns product: id of the product
// returns total: makers of the product in all
// returns makers: the first of them by id, maps of maker (id of the firm, site or segment), name (its caption) and link (map of rid, standing, grade, sources, seen_first, seen_last, valid_from and valid_to of MAKES)
UNWIND $ids AS id
MATCH (p:Entity {id: id})<-[e:MAKES]-(m:Entity)
WITH id, e, m
ORDER BY id, m.id
RETURN id AS product, count(m) AS total, collect({maker: m.id, name: m.caption, link: {rid: e.rid,
  standing: e.standing, grade: e.grade, sources: e.sources, seen_first: e.seen_first, seen_last: e.seen_last,
  valid_from: e.valid_from, valid_to: e.valid_to}})[0..$limit] AS makers
