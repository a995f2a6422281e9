// title_zh: 供货方停产
// title_en: Suppliers that have stopped
// answers: firms of the chain with a site here, of which a recorded supplier has stopped all its work and is at work nowhere
// param chain: text, chain id
// param places: list of text, ids of the place and all that lies in it
// param day: text, ISO day
// param limit: integer, rows
// returns segment: id of the segment in which the supplier has stopped
// returns segment_name: its name
// returns subject: id of the firm that is supplied
// returns subject_name: its name
// returns fact: id or rid of a fact that it rests on, one a row
// returns fact_kind: kind of that fact
// returns fact_says: what it says
// returns fact_date: its date as given, empty where there is none
// returns fact_standing: its standing, empty where there is none
// returns fact_grade: its grade, empty where there is none
// returns fact_sources: ids of its sources
MATCH (c:Entity {id: $chain})-[:HAS_SEGMENT]->(:Segment)<-[:PART_OF*0..4]-(:Segment)<-[w:WORKS_IN]-(x:Site)<-[r:OPERATES]-(b:Firm)<-[e:SUPPLIES]-(a:Firm)
WHERE coalesce(w.status, 'unknown') IN ['operating', 'unknown', 'suspended']
  AND coalesce(w.as_of_min, w.valid_from_min, w.seen_first, '') <= $day AND coalesce(w.valid_to_max, $day) >= $day
  AND coalesce(x.valid_to_max, $day) >= $day AND coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
  AND coalesce(e.valid_from_min, e.seen_first, '') <= $day AND coalesce(e.valid_to_max, $day) >= $day
WITH DISTINCT x, b, e, a
OPTIONAL MATCH way = (x)-[:LOCATED_IN|IN_PARK|PART_OF*1..5]->(area:Entity)
WHERE all(e IN relationships(way) WHERE coalesce(e.valid_to_max, $day) >= $day AND coalesce(e.valid_from_min, $day) <= $day)
WITH x, b, e, a, collect(DISTINCT area.id) AS spots
OPTIONAL MATCH (b)-[l:LOCATED_IN]->(h:Place)
WHERE coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH b, e, a, x, spots, collect(h.id) AS homes
WHERE any(spot IN CASE WHEN size(spots) > 0 THEN spots ELSE homes END WHERE spot IN $places)
WITH DISTINCT b, e, a
MATCH (a)-[r:OPERATES]->(:Site)-[v:WORKS_IN]->(s:Segment)
WHERE coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
  AND coalesce(v.as_of_min, v.valid_from_min, v.seen_first, '') <= $day AND coalesce(v.valid_to_max, $day) >= $day
WITH b, e, a, collect({work: v, segment: s}) AS works
WHERE none(one IN works WHERE coalesce(one.work.status, 'unknown') IN ['operating', 'unknown'])
UNWIND works AS one
WITH b, e, a, one.work AS v, one.segment AS s
WHERE v.status IN ['suspended', 'ceased']
UNWIND [
  {key: e.rid, kind: 'supply', says: a.caption + ' → ' + b.caption, from: properties(e)},
  {key: v.rid, kind: 'work', says: a.caption + ' · ' + s.caption, from: properties(v)}
] AS fact
WITH DISTINCT s, b, fact.key AS key, fact.kind AS kind, fact.says AS says, fact.from AS f
RETURN s.id AS segment, s.caption AS segment_name, b.id AS subject, b.caption AS subject_name, key AS fact,
  kind AS fact_kind, says AS fact_says, coalesce(f.as_of, f.valid_from, f.seen_last, '') AS fact_date,
  coalesce(f.standing, '') AS fact_standing, coalesce(f.grade, '') AS fact_grade, coalesce(f.sources, []) AS fact_sources
ORDER BY segment, subject, fact
LIMIT $limit
