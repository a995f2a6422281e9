// title_zh: 环节及其上下级
// title_en: Segments with their parts and the groups above them
// answers: the segments of the chains given, the segments given, all that is part of these, and all that these are part of
// param ids: list of text, ids of chains or segments
// placeholders: {{DEPTH}} depth
// returns node: stored properties of the segment
// returns parents: ids of the segments it is part of
// returns chains: ids of the chains that have it
UNWIND $ids AS id
MATCH (x:Entity {id: id})-[:HAS_SEGMENT*0..1]->(a:Segment)<-[:PART_OF*0..{{DEPTH}}]-(b:Segment)
WITH DISTINCT b
MATCH (b)-[:PART_OF*0..{{DEPTH}}]->(s:Segment)
WITH DISTINCT s
OPTIONAL MATCH (s)-[:PART_OF]->(g:Segment)
WITH s, collect(DISTINCT g.id) AS parents
OPTIONAL MATCH (c:Chain)-[:HAS_SEGMENT]->(s)
RETURN properties(s) AS node, parents AS parents, collect(DISTINCT c.id) AS chains
