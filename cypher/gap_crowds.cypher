// title_zh: 各环节、各地的在场企业
// title_en: Who is present in segments, by place
// answers: work in the segments given as on a day, together what nothing tells apart but the firms
// param ids: list of text, segment ids
// param day: text, ISO day of the answer
// param gone: list of text, statuses of firms that are gone
// returns segment: segment id
// returns status: WORKS_IN.status
// returns gone: whether firms operate them and all of these are gone
// returns seen: first and last day on which it was seen, where nothing else dates the work
// returns places: ids of the places of the sites themselves
// returns parks: ids of their parks
// returns firms: for each site a list of ids, the firms that operate it and are not gone
// returns operators: likewise all its firms, where the site itself has no place
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[e:WORKS_IN]-(x:Site)
WHERE coalesce(e.valid_to_max, $day) >= $day AND coalesce(x.valid_to_max, $day) >= $day
  AND coalesce(e.as_of_min, e.valid_from_min, $day) <= $day
CALL (x) {
  OPTIONAL MATCH (x)-[l:LOCATED_IN]->(p:Place)
  WHERE coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
  RETURN collect(DISTINCT p.id) AS places
}
CALL (x) {
  OPTIONAL MATCH (x)-[i:IN_PARK]->(k:Park)
  WHERE coalesce(i.valid_to_max, $day) >= $day AND coalesce(i.valid_from_min, $day) <= $day
  RETURN collect(DISTINCT k.id) AS parks
}
CALL (x) {
  OPTIONAL MATCH (f:Firm)-[o:OPERATES]->(x)
  WHERE coalesce(o.valid_to_max, $day) >= $day AND coalesce(o.valid_from_min, $day) <= $day
  RETURN collect(DISTINCT f.id) AS operators,
  collect(DISTINCT CASE
    WHEN f.valid_to_min > $day THEN f.id
    WHEN f.valid_to_max < $day OR f.status IN $gone THEN NULL
    ELSE f.id
  END) AS firms
}
WITH id, places, parks, operators, firms, e.status AS status,
  size(operators) > 0 AND size(firms) = 0 AS gone,
  CASE WHEN e.as_of IS NULL AND e.valid_from IS NULL THEN [e.seen_first, e.seen_last] ELSE [] END AS seen
RETURN id AS segment, status AS status, gone AS gone, seen AS seen, places AS places, parks AS parks, collect(firms) AS firms,
  collect(CASE WHEN size(places) = 0 THEN operators ELSE [] END) AS operators
