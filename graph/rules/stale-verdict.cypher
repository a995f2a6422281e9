// title_zh: 依据过旧的说法
// title_en: Statements that are too old
// answers: gaps and strengths stated of a segment of the chain in a place here, all of them older than some years
// param chain: text, chain id
// param places: list of text, ids of the place and all that lies in it
// param day: text, ISO day
// param years: integer, years after which a statement is old
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
WHERE coalesce(o.subject_kind, 'place') = 'place' AND (o.kind = 'strength' OR o.gap_kind IN ['missing', 'weak', 'external'])
  AND coalesce(o.period_min, o.valid_from_min, o.seen_first, '') <= $day AND coalesce(o.valid_to_max, $day) >= $day
WITH DISTINCT p, s, o
WITH p, s, o, coalesce(o.period_max, o.valid_from_max, o.seen_last, '') AS last
WITH p, s, collect(o) AS said, max(last) AS newest
WHERE newest <> '' AND newest < toString(toInteger(substring($day, 0, 4)) - $years) + substring($day, 4)
UNWIND said AS o
RETURN s.id AS segment, s.caption AS segment_name, p.id AS subject, p.caption AS subject_name, o.id AS fact,
  'statement' AS fact_kind, o.caption AS fact_says, coalesce(o.period, o.valid_from, o.seen_last, '') AS fact_date,
  coalesce(o.standing, '') AS fact_standing, coalesce(o.grade, '') AS fact_grade, coalesce(o.sources, []) AS fact_sources
ORDER BY segment, subject, fact
LIMIT $limit
