// title_zh: 若干基地所在的环节
// title_en: Segments that some sites work in
// answers: the work of the sites given in the segments given, with their firms and where they stand on a day
// param ids: list of text, site ids
// param segments: list of text, segment ids
// param day: text, ISO day on which the firm, the place and the park are not known to be others
// returns segment: segment id
// returns site: stored properties of the site
// returns link: stored properties of WORKS_IN
// returns firms: ids of the firms that operate it
// returns places: ids of its own places
// returns parks: ids of its parks
UNWIND $ids AS id
MATCH (x:Entity {id: id})-[e:WORKS_IN]->(s:Segment)
WHERE s.id IN $segments
OPTIONAL MATCH (f:Firm)-[o:OPERATES]->(x)
WHERE coalesce(o.valid_to_max, $day) >= $day AND coalesce(o.valid_from_min, $day) <= $day
WITH s, e, x, collect(DISTINCT f.id) AS firms
OPTIONAL MATCH (x)-[l:LOCATED_IN]->(p:Place)
WHERE coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH s, e, x, firms, collect(DISTINCT p.id) AS places
OPTIONAL MATCH (x)-[i:IN_PARK]->(k:Park)
WHERE coalesce(i.valid_to_max, $day) >= $day AND coalesce(i.valid_from_min, $day) <= $day
RETURN s.id AS segment, {id: x.id, caption: x.caption, valid_to: x.valid_to} AS site, properties(e) AS link,
  firms AS firms, places AS places, collect(DISTINCT k.id) AS parks
