// title_zh: 同地同环节的企业
// title_en: Firms at work in segments nearby
// answers: for each segment the nearest other firms recorded there, those of the same county first, then city, then province
// param id: text, the firm that is left out
// param segments: list of text, segment ids
// param counties: list of text, place ids
// param cities: list of text, place ids
// param places: list of text, all place ids within which firms are wanted
// param at_work: list of text, WORKS_IN.status values that count as at work; those stand first
// param day: ISO date on which the work is not known to be over
// param limit: integer, rows a segment
// placeholders: {{DEPTH}} depth
// returns segment: segment id
// returns distance: 0 same county, 1 same city, 2 same province
// returns firm: stored properties of the firm
// returns link: stored properties of WORKS_IN
// returns site: stored properties of the site
UNWIND $segments AS segment
MATCH (s:Entity {id: segment})<-[e:WORKS_IN]-(site:Site)-[:LOCATED_IN]->(p:Place)-[:WITHIN*0..{{DEPTH}}]->(a:Place)
WHERE a.id IN $places AND (e.valid_to_max IS NULL OR e.valid_to_max >= $day)
  AND (e.valid_from_min IS NULL OR e.valid_from_min <= $day)
MATCH (f:Firm)-[:OPERATES]->(site)
WHERE f.id <> $id
WITH segment, f, e, site,
  min(CASE WHEN a.id IN $counties THEN 0 WHEN a.id IN $cities THEN 1 ELSE 2 END) AS distance
ORDER BY segment, distance, CASE WHEN coalesce(e.status, 'unknown') IN $at_work THEN 0 ELSE 1 END, f.id, e.rid
WITH segment, collect({firm: properties(f), link: properties(e), site: properties(site), distance: distance}) AS found
UNWIND found[0..$limit] AS row
RETURN segment AS segment, row.distance AS distance, row.firm AS firm, row.link AS link, row.site AS site
