// title_zh: 也出此产品的环节里的企业
// title_en: Firms at work in segments that make the product too
// answers: the work of sites in the segments given, with the firms that operate them on a day
// param ids: list of text, segment ids
// param day: text, ISO day on which the firm is not known to be another
// param limit: integer, rows in all
// returns segment: segment id
// returns site: caption of the site
// returns link: map of rid, status, as_of, standing, grade, sources, seen_first, seen_last, valid_from and valid_to of WORKS_IN
// returns firms: ids of the firms that operate it
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[e:WORKS_IN]-(x:Site)<-[o:OPERATES]-(f:Firm)
WHERE coalesce(o.valid_to_max, $day) >= $day AND coalesce(o.valid_from_min, $day) <= $day
WITH id, e, x, collect(DISTINCT f.id) AS firms
RETURN id AS segment, x.caption AS site, {rid: e.rid, status: e.status, as_of: e.as_of, standing: e.standing,
  grade: e.grade, sources: e.sources, seen_first: e.seen_first, seen_last: e.seen_last,
  valid_from: e.valid_from, valid_to: e.valid_to} AS link, firms AS firms
ORDER BY id, x.id
LIMIT $limit
