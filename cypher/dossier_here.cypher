// title_zh: 若干主体在哪里
// title_en: Where several parties are
// answers: of each firm, organisation or fund given its places and parks, its own and those of the sites it operates
// param ids: list of text, ids
// param day: text, ISO day on which the place or park is not known to be another
// param limit: integer, rows
// returns id: the id given
// returns places: ids of its places, those of its sites, and those of the parks of either
// returns parks: ids of its parks and those of its sites
UNWIND $ids AS id
MATCH (n:Entity {id: id})
OPTIONAL MATCH (n)-[l:LOCATED_IN]->(p:Place)
WHERE coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH id, n, collect(DISTINCT p.id) AS own
OPTIONAL MATCH (n)-[:OPERATES]->(:Site)-[k:LOCATED_IN]->(q:Place)
WHERE coalesce(k.valid_to_max, $day) >= $day AND coalesce(k.valid_from_min, $day) <= $day
WITH id, n, own, collect(DISTINCT q.id) AS sited
OPTIONAL MATCH (n)-[i:IN_PARK]->(r:Park)
WHERE coalesce(i.valid_to_max, $day) >= $day AND coalesce(i.valid_from_min, $day) <= $day
OPTIONAL MATCH (r)-[:LOCATED_IN]->(s:Place)
WITH id, n, own, sited, collect(DISTINCT r.id) AS parks, collect(DISTINCT s.id) AS parked
OPTIONAL MATCH (n)-[:OPERATES]->(:Site)-[j:IN_PARK]->(t:Park)
WHERE coalesce(j.valid_to_max, $day) >= $day AND coalesce(j.valid_from_min, $day) <= $day
OPTIONAL MATCH (t)-[:LOCATED_IN]->(u:Place)
WITH id, own, sited, parks, parked, collect(DISTINCT t.id) AS site_parks, collect(DISTINCT u.id) AS site_parked
RETURN id AS id, own + sited + parked + site_parked AS places, parks + site_parks AS parks
ORDER BY id
LIMIT $limit
