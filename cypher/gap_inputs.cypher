// title_zh: 产业链环节的投入与用户
// title_en: Inputs and users of the segments of chains
// answers: what goes into the segments of some chains, where these go themselves, and what may stand in for them there
// param ids: list of text, chain ids
// returns source: id of the segment that gives
// returns target: id of the segment that takes
// returns link: stored properties of INPUT_TO; some come twice
UNWIND $ids AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT]->(s:Segment)<-[e:INPUT_TO]-(o:Segment)
RETURN o.id AS source, s.id AS target, properties(e) AS link
UNION ALL
UNWIND $ids AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT]->(s:Segment)-[e:INPUT_TO]->(o:Segment)
RETURN s.id AS source, o.id AS target, properties(e) AS link
UNION ALL
UNWIND $ids AS id
MATCH (c:Entity {id: id})-[:HAS_SEGMENT]->(s:Segment)-[i:INPUT_TO]->(o:Segment)<-[e:INPUT_TO]-(x:Segment)
WHERE e.alternative_group = i.alternative_group
RETURN x.id AS source, o.id AS target, properties(e) AS link
