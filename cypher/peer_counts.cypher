// title_zh: 同地同环节的企业数
// title_en: Firms at work in segments nearby, counted
// answers: for each group of segments, how many other firms are recorded, and are at work, in the same counties, cities and provinces
// param id: text, the firm that is not counted
// param groups: list of {key, segments}, a name and the ids of its segments
// param counties: list of text, place ids
// param cities: list of text, place ids
// param provinces: list of text, place ids
// param at_work: list of text, WORKS_IN.status values that count as at work
// param day: ISO date on which the work is not known to be over
// placeholders: {{DEPTH}} depth
// returns key: name of the group
// returns county: distinct firms recorded in the counties
// returns county_at_work: of them at work
// returns city: distinct firms recorded in the cities
// returns city_at_work: of them at work
// returns province: distinct firms recorded in the provinces
// returns province_at_work: of them at work
UNWIND $groups AS g
UNWIND g.segments AS segment
MATCH (s:Entity {id: segment})<-[e:WORKS_IN]-(site:Site)-[:LOCATED_IN]->(p:Place)-[:WITHIN*0..{{DEPTH}}]->(a:Place)
WHERE (e.valid_to_max IS NULL OR e.valid_to_max >= $day) AND (e.valid_from_min IS NULL OR e.valid_from_min <= $day)
MATCH (f:Firm)-[:OPERATES]->(site)
WHERE f.id <> $id
WITH g.key AS key, f.id AS firm, a.id AS place, coalesce(e.status, 'unknown') IN $at_work AS active
RETURN key AS key,
  count(DISTINCT CASE WHEN place IN $counties THEN firm END) AS county,
  count(DISTINCT CASE WHEN place IN $counties AND active THEN firm END) AS county_at_work,
  count(DISTINCT CASE WHEN place IN $cities THEN firm END) AS city,
  count(DISTINCT CASE WHEN place IN $cities AND active THEN firm END) AS city_at_work,
  count(DISTINCT CASE WHEN place IN $provinces THEN firm END) AS province,
  count(DISTINCT CASE WHEN place IN $provinces AND active THEN firm END) AS province_at_work
