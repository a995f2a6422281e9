// title_zh: 在某些地方的基地
// title_en: Sites standing in some places
// answers: the sites recorded in segments that stand in the places given with each, or in no recorded place
// param asked: list of maps, id of a segment and within, ids of places
// param day: text, ISO day on which the place is not known to be another
// returns site: site id
UNWIND $asked AS one
WITH one.id AS id, one.within AS within
MATCH (:Entity {id: id})<-[:WORKS_IN]-(x:Site)
OPTIONAL MATCH (x)-[l:LOCATED_IN]->(p:Place)
WHERE coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH x, within, collect(DISTINCT p.id) AS places
WHERE size(places) = 0 OR any(p IN places WHERE p IN within)
RETURN DISTINCT x.id AS site
