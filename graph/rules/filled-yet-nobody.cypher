// title_zh: 说已补而无企业
// title_en: Said to be filled, yet nobody is recorded
// answers: statements that a gap in a segment of the chain was filled in a place here, where nobody is recorded at work in it there
// param chain: text, chain id
// param places: list of text, ids of the place and all that lies in it
// param day: text, ISO day
// param limit: integer, rows
// returns segment: segment id
// returns segment_name: its name
// returns subject: id of the entity that it is about
// returns subject_name: its name
// returns fact: id or rid of a fact that it rests on, one a row
// returns fact_kind: kind of that fact
// returns fact_says: what it says
// returns fact_date: its date as given, empty where there is none
// returns fact_standing: its standing, empty where there is none
// returns fact_grade: its grade, empty where there is none
// returns fact_sources: ids of its sources
UNWIND $places AS id
MATCH (p:Entity {id: id})<-[:ABOUT]-(o:Statement)-[:ABOUT]->(s:Segment)-[:PART_OF*0..4]->(:Segment)<-[:HAS_SEGMENT]-(c:Chain {id: $chain})
WHERE o.kind = 'gap' AND (o.gap_kind = 'filled' OR o.filled_by IS NOT NULL OR o.filled_on IS NOT NULL)
  AND coalesce(o.subject_kind, 'place') = 'place' AND coalesce(o.filled_on_min, '') <= $day
  AND coalesce(o.period_min, o.valid_from_min, o.seen_first, '') <= $day AND coalesce(o.valid_to_max, $day) >= $day
WITH DISTINCT p, o, s
OPTIONAL MATCH (s)<-[:PART_OF*0..4]-(:Segment)<-[w:WORKS_IN]-(x:Site)
WHERE coalesce(w.status, 'unknown') IN ['operating', 'unknown'] AND coalesce(w.valid_to_max, $day) >= $day
  AND coalesce(w.as_of_min, w.valid_from_min, w.seen_first, '') <= $day AND coalesce(x.valid_to_max, $day) >= $day
WITH DISTINCT p, o, s, x
OPTIONAL MATCH (x)<-[r:OPERATES]-(f:Firm)
WHERE coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
WITH p, o, s, x, collect(CASE WHEN f.status IN ['ceased', 'merged'] AND coalesce(f.valid_to_min, $day) <= $day
  OR coalesce(f.valid_to_max, $day) < $day THEN 'gone' ELSE 'live' END) AS operators
OPTIONAL MATCH way = (x)-[:LOCATED_IN|IN_PARK|PART_OF|WITHIN*1..9]->(area:Entity)
WHERE all(e IN relationships(way) WHERE coalesce(e.valid_to_max, $day) >= $day AND coalesce(e.valid_from_min, $day) <= $day)
WITH p, o, s, x, operators, collect(DISTINCT area.id) AS stands
OPTIONAL MATCH (x)<-[r:OPERATES]-(f:Firm)
WHERE coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
OPTIONAL MATCH way = (f)-[:LOCATED_IN|WITHIN*1..5]->(home:Place)
WHERE all(e IN relationships(way) WHERE coalesce(e.valid_to_max, $day) >= $day AND coalesce(e.valid_from_min, $day) <= $day)
WITH p, o, s, x, operators, stands, collect(DISTINCT home.id) AS homes
WITH o, s, collect(CASE WHEN 'live' IN operators AND
  p.id IN CASE WHEN size(stands) > 0 THEN stands ELSE homes END THEN 1 END) AS here
WHERE size(here) = 0
RETURN s.id AS segment, s.caption AS segment_name, o.id AS subject, o.caption AS subject_name, o.id AS fact,
  'statement' AS fact_kind, coalesce(o.filled_by, o.caption) AS fact_says,
  coalesce(o.filled_on, o.period, o.valid_from, o.seen_last, '') AS fact_date,
  coalesce(o.standing, '') AS fact_standing, coalesce(o.grade, '') AS fact_grade, coalesce(o.sources, []) AS fact_sources
ORDER BY segment, subject, fact
LIMIT $limit
