// title_zh: 某名环节所在的产业链
// title_en: Chains that have a segment of a name
// answers: the segments with a name or id, with the chains that have them or a group of theirs
// param asked: text, name, English name or id of segments
// placeholders: {{DEPTH}} depth
// returns segment: name of the segment
// returns chain: chain id
MATCH (c:Chain)-[:HAS_SEGMENT]->(:Segment)<-[:PART_OF*0..{{DEPTH}}]-(s:Segment)
WHERE s.id = $asked OR s.name = $asked OR s.caption = $asked OR toLower(s.name_en) = toLower($asked)
RETURN DISTINCT s.caption AS segment, c.id AS chain
