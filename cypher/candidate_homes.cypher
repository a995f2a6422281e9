// title_zh: 企业在哪里、还在不在
// title_en: Where firms are, and whether they still are
// answers: of each firm given its status and, on a day, its own places, those of its parks, and those of its sites and their parks
// param ids: list of text, firm ids
// param day: text, ISO day: what is known to hold only before or after it does not count
// returns homes: list of maps, one for each firm: firm (map of id, caption, status, stock_code, valid_to, products, standing, grade and sources), and ids of places: own, parks (of its parks), sites, site_parks (of the parks of its sites)
UNWIND $ids AS id
MATCH (f:Entity {id: id})
WHERE f:Firm
OPTIONAL MATCH (f)-[l:LOCATED_IN]->(p:Place)
WHERE coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH f, collect(DISTINCT p.id) AS own
OPTIONAL MATCH (f)-[i:IN_PARK]->(:Park)-[l:LOCATED_IN]->(q:Place)
WHERE coalesce(i.valid_to_max, $day) >= $day AND coalesce(i.valid_from_min, $day) <= $day
  AND coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH f, own, collect(DISTINCT q.id) AS parks
OPTIONAL MATCH (f)-[o:OPERATES]->(:Site)-[l:LOCATED_IN]->(r:Place)
WHERE coalesce(o.valid_to_max, $day) >= $day AND coalesce(o.valid_from_min, $day) <= $day
  AND coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH f, own, parks, collect(DISTINCT r.id) AS sites
OPTIONAL MATCH (f)-[o:OPERATES]->(:Site)-[i:IN_PARK]->(:Park)-[l:LOCATED_IN]->(t:Place)
WHERE coalesce(o.valid_to_max, $day) >= $day AND coalesce(o.valid_from_min, $day) <= $day
  AND coalesce(i.valid_to_max, $day) >= $day AND coalesce(i.valid_from_min, $day) <= $day
  AND coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH f, own, parks, sites, collect(DISTINCT t.id) AS site_parks
RETURN collect({firm: {id: f.id, caption: f.caption, status: f.status, stock_code: f.stock_code,
  valid_to: f.valid_to, products: f.products, standing: f.standing, grade: f.grade, sources: f.sources},
  own: own, parks: parks, sites: sites, site_parks: site_parks}) AS homes
