// title_zh: 链主、龙头的环节缺配套
// title_en: Leading firms without a local supplier
// answers: required inputs of the segments in which a leading firm of the chain is at work here, of which no maker (nor of an alternative) is recorded here
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
MATCH (c:Entity {id: $chain})-[:HAS_SEGMENT]->(:Segment)<-[:PART_OF*0..4]-(t:Segment)<-[i:INPUT_TO]-(s:Segment)
WHERE i.criticality = 'required'
  AND coalesce(i.valid_to_max, $day) >= $day AND coalesce(i.valid_from_min, i.seen_first, '') <= $day
WITH collect(DISTINCT t) AS targets
UNWIND targets AS t
MATCH (t)<-[:INPUT_TO]-(s:Segment)
WITH targets, collect(DISTINCT s) AS sources
UNWIND targets + sources AS g
WITH DISTINCT g
MATCH (g)<-[:PART_OF*0..4]-(:Segment)<-[w:WORKS_IN]-(x:Site)
WHERE coalesce(w.status, 'unknown') IN ['operating', 'unknown'] AND coalesce(w.valid_to_max, $day) >= $day
  AND coalesce(w.as_of_min, w.valid_from_min, w.seen_first, '') <= $day AND coalesce(x.valid_to_max, $day) >= $day
WITH x, collect(DISTINCT g.id) AS segments
OPTIONAL MATCH (x)<-[r:OPERATES]-(f:Firm)
WHERE coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
WITH x, segments, collect(CASE WHEN f.status IN ['ceased', 'merged'] AND coalesce(f.valid_to_min, $day) <= $day
  OR coalesce(f.valid_to_max, $day) < $day THEN 'gone' ELSE 'live' END) AS operators
WHERE 'live' IN operators
OPTIONAL MATCH way = (x)-[:LOCATED_IN|IN_PARK|PART_OF*1..5]->(area:Entity)
WHERE all(e IN relationships(way) WHERE coalesce(e.valid_to_max, $day) >= $day AND coalesce(e.valid_from_min, $day) <= $day)
WITH x, segments, collect(DISTINCT area.id) AS spots
OPTIONAL MATCH (x)<-[r:OPERATES]-(:Firm)-[l:LOCATED_IN]->(h:Place)
WHERE coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
  AND coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH x, segments, spots, collect(h.id) AS homes
WHERE any(spot IN CASE WHEN size(spots) > 0 THEN spots ELSE homes END WHERE spot IN $places)
WITH collect({site: x.id, segments: segments}) AS here
WITH [row IN here | row.site] AS sites, here
UNWIND here AS row
UNWIND row.segments AS one
WITH sites, collect(DISTINCT one) AS busy
MATCH (c:Entity {id: $chain})-[:HAS_SEGMENT]->(:Segment)<-[:PART_OF*0..4]-(t:Segment)<-[i:INPUT_TO]-(s:Segment)
WHERE i.criticality = 'required' AND t.id IN busy AND NOT s.id IN busy
  AND coalesce(i.valid_to_max, $day) >= $day AND coalesce(i.valid_from_min, i.seen_first, '') <= $day
OPTIONAL MATCH (t)<-[j:INPUT_TO]-(o:Segment)
WHERE j.alternative_group = i.alternative_group AND o.id IN busy
  AND coalesce(j.valid_to_max, $day) >= $day AND coalesce(j.valid_from_min, j.seen_first, '') <= $day
WITH sites, c, t, i, s, count(o) AS others
WHERE others = 0
MATCH (t)<-[:PART_OF*0..4]-(:Segment)<-[w:WORKS_IN]-(x:Site)<-[r:OPERATES]-(f:Firm)-[l:DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN]->(g:Entity)
WHERE x.id IN sites AND coalesce(w.status, 'unknown') IN ['operating', 'unknown']
  AND coalesce(w.valid_to_max, $day) >= $day
  AND coalesce(w.as_of_min, w.valid_from_min, w.seen_first, '') <= $day
  AND coalesce(r.valid_to_max, $day) >= $day AND coalesce(r.valid_from_min, $day) <= $day
  AND coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, l.seen_first, '') <= $day
  AND NOT (coalesce(f.status, 'unknown') IN ['ceased', 'merged'] AND coalesce(f.valid_to_min, $day) <= $day)
  AND coalesce(f.valid_to_max, $day) >= $day
  AND (type(l) = 'DESIGNATED_CHAIN_LEADER' OR l.called IS NOT NULL OR l.standing = 'verified')
OPTIONAL MATCH (t)-[:PART_OF*0..4]->(u:Segment)
WITH c, t, i, s, f, l, g, collect(DISTINCT u.id) AS ups
WHERE g.id = c.id OR g.id IN ups
UNWIND [
  {key: i.rid, kind: 'input', says: s.caption + ' → ' + t.caption, from: properties(i)},
  {key: l.rid, kind: 'lead', says: f.caption + ' · ' + g.caption, from: properties(l)}
] AS fact
WITH DISTINCT s, f, fact.key AS key, fact.kind AS kind, fact.says AS says, fact.from AS e
RETURN s.id AS segment, s.caption AS segment_name, f.id AS subject, f.caption AS subject_name, key AS fact,
  kind AS fact_kind, says AS fact_says, coalesce(e.valid_from, e.seen_last, '') AS fact_date,
  coalesce(e.standing, '') AS fact_standing, coalesce(e.grade, '') AS fact_grade, coalesce(e.sources, []) AS fact_sources
ORDER BY segment, subject, fact
LIMIT $limit
