// title_zh: 说缺而有企业
// title_en: Said to be missing, yet firms are recorded
// answers: statements that a segment of the chain is missing in a place here, with the sites recorded as operating in it there
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
WHERE o.kind = 'gap' AND o.gap_kind = 'missing' AND coalesce(o.subject_kind, 'place') = 'place'
  AND (o.filled_by IS NULL AND o.filled_on IS NULL OR o.filled_on_min > $day)
  AND coalesce(o.period_min, o.valid_from_min, o.seen_first, '') <= $day AND coalesce(o.valid_to_max, $day) >= $day
WITH DISTINCT p, o, s
OPTIONAL MATCH (p)<-[:ABOUT]-(z:Statement)-[:ABOUT]->(s)
WHERE (z.gap_kind = 'filled' OR z.filled_by IS NOT NULL OR z.filled_on IS NOT NULL)
  AND coalesce(z.kind, 'gap') <> 'strength' AND coalesce(z.subject_kind, 'place') = 'place'
  AND coalesce(z.filled_on_min, '') <= $day AND coalesce(z.valid_to_max, $day) >= $day
  AND coalesce(z.period_min, z.valid_from_min, z.seen_first, '') <= $day
  AND coalesce(o.period_min, o.valid_from_min, CASE WHEN coalesce(o.seen_last, '') <= $day THEN o.seen_last ELSE o.seen_first END, '')
    <= coalesce(z.filled_on_max, z.period_max, z.valid_from_max, z.seen_last + '-99', '9999')
WITH p, o, s, count(z) AS filled
WHERE filled = 0
MATCH (s)<-[:PART_OF*0..4]-(:Segment)<-[w:WORKS_IN]-(x:Site)
WHERE w.status = 'operating' AND coalesce(w.valid_to_max, $day) >= $day AND coalesce(x.valid_to_max, $day) >= $day
  AND coalesce(w.as_of_min, w.valid_from_min, w.seen_first, '') <= $day
OPTIONAL MATCH (x)<-[r:OPERATES]-(f:Firm)
WHERE coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
WITH p, o, s, w, x, collect(CASE WHEN f.status IN ['ceased', 'merged'] AND coalesce(f.valid_to_min, $day) <= $day
  OR coalesce(f.valid_to_max, $day) < $day THEN 'gone' ELSE 'live' END) AS operators
WHERE 'live' IN operators
OPTIONAL MATCH way = (x)-[:LOCATED_IN|IN_PARK|PART_OF|WITHIN*1..9]->(area:Entity)
WHERE all(e IN relationships(way) WHERE coalesce(e.valid_to_max, $day) >= $day AND coalesce(e.valid_from_min, $day) <= $day)
WITH p, o, s, w, x, collect(DISTINCT area.id) AS stands
OPTIONAL MATCH (x)<-[r:OPERATES]-(f:Firm)
WHERE coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
OPTIONAL MATCH way = (f)-[:LOCATED_IN|WITHIN*1..5]->(home:Place)
WHERE all(e IN relationships(way) WHERE coalesce(e.valid_to_max, $day) >= $day AND coalesce(e.valid_from_min, $day) <= $day)
WITH p, o, s, w, x, stands, collect(DISTINCT home.id) AS homes
WHERE p.id IN CASE WHEN size(stands) > 0 THEN stands ELSE homes END
WITH DISTINCT o, s, w, x
RETURN s.id AS segment, s.caption AS segment_name, o.id AS subject, o.caption AS subject_name, w.rid AS fact,
  'work' AS fact_kind, x.caption AS fact_says, coalesce(w.as_of, w.valid_from, w.seen_last, '') AS fact_date,
  coalesce(w.standing, '') AS fact_standing, coalesce(w.grade, '') AS fact_grade, coalesce(w.sources, []) AS fact_sources
ORDER BY segment, subject, fact
LIMIT $limit
