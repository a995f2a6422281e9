// title_zh: 产业链环节的投入与用户
// title_en: Inputs and users of the segments of chains
// answers: what goes into the segments of some chains and into all that is part of these, where these go themselves, and what may stand in for them there
// param ids: list of text, chain ids
// placeholders: {{DEPTH}} depth
// returns source: id of the segment that gives
// returns target: id of the segment that takes
// returns link: stored properties of INPUT_TO; some come twice
UNWIND $ids AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT]->(:Segment)<-[:PART_OF*0..{{DEPTH}}]-(s:Segment)
WITH DISTINCT s
MATCH (s)<-[e:INPUT_TO]-(o:Segment)
RETURN o.id AS source, s.id AS target, properties(e) AS link
UNION ALL
UNWIND $ids AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT]->(:Segment)<-[:PART_OF*0..{{DEPTH}}]-(s:Segment)
WITH DISTINCT s
MATCH (s)-[e:INPUT_TO]->(o:Segment)
RETURN s.id AS source, o.id AS target, properties(e) AS link
UNION ALL
UNWIND $ids AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT]->(:Segment)<-[:PART_OF*0..{{DEPTH}}]-(s:Segment)
WITH DISTINCT s
MATCH (s)-[i:INPUT_TO]->(o:Segment)<-[e:INPUT_TO]-(x:Segment)
WHERE e.alternative_group = i.alternative_group
RETURN x.id AS source, o.id AS target, properties(e) AS link
