// title_zh: 没有回应的需求
// title_en: Demands without an answer
// answers: demands about the chain or its segments, posted by firms or bodies here, that nobody has answered
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
MATCH (c:Entity {id: $chain})-[:HAS_SEGMENT*0..1]->(:Entity)<-[:PART_OF*0..4]-(s:Entity)<-[:ABOUT]-(d:Demand)
WHERE (s.id = $chain OR s.cls = 'Segment') AND coalesce(d.status, 'open') = 'open'
  AND coalesce(d.date_min, d.valid_from_min, d.seen_first, '') <= $day AND coalesce(d.valid_to_max, $day) >= $day
WITH DISTINCT s, d
OPTIONAL MATCH (d)-[a:ANSWERED_BY]->(:Entity)
WHERE coalesce(a.valid_from_min, a.seen_first, '') <= $day
WITH s, d, count(a) AS answers
WHERE answers = 0
MATCH (d)-[:POSTED_BY]->(b:Entity)
OPTIONAL MATCH way = (b)-[:OPERATES|LOCATED_IN|IN_PARK|PART_OF*1..6]->(area:Entity)
WHERE all(e IN relationships(way) WHERE coalesce(e.valid_to_max, $day) >= $day AND coalesce(e.valid_from_min, $day) <= $day)
WITH s, d, b, collect(DISTINCT area.id) AS sited
WHERE any(spot IN sited WHERE spot IN $places)
RETURN CASE WHEN s.cls = 'Segment' THEN s.id ELSE '' END AS segment, s.caption AS segment_name, b.id AS subject,
  b.caption AS subject_name, d.id AS fact, 'demand' AS fact_kind, d.caption AS fact_says,
  coalesce(d.date, d.valid_from, d.seen_last, '') AS fact_date, coalesce(d.standing, '') AS fact_standing,
  coalesce(d.grade, '') AS fact_grade, coalesce(d.sources, []) AS fact_sources
ORDER BY segment, subject, fact
LIMIT $limit
