// title_zh: 在某些地方或园区的基地
// title_en: Sites standing in some places or parks
// answers: the sites recorded in segments that stand in the places or parks given with each, or in no recorded place
// param asked: list of maps, id of a segment and within, ids of places and parks
// param day: text, ISO day on which place and park are not known to be others
// returns site: site id
UNWIND $asked AS one
WITH one.id AS id, one.within AS within
MATCH (:Entity {id: id})<-[:WORKS_IN]-(x:Site)
OPTIONAL MATCH (x)-[l:LOCATED_IN]->(p:Place)
WHERE coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH x, within, collect(DISTINCT p.id) AS places
OPTIONAL MATCH (x)-[i:IN_PARK]->(k:Park)
WHERE coalesce(i.valid_to_max, $day) >= $day AND coalesce(i.valid_from_min, $day) <= $day
WITH x, within, places, collect(DISTINCT k.id) AS parks
WHERE size(places) = 0 OR any(a IN places + parks WHERE a IN within)
RETURN DISTINCT x.id AS site
