// title_zh: 环节里的项目
// title_en: Projects in segments
// answers: the projects that fill the segments given, with builders and places
// param ids: list of text, segment ids
// returns node: stored properties of the project
// returns segments: ids of all segments it fills
// returns firms: ids of the firms that build it
// returns places: ids of its own places
// returns parks: ids of its parks
UNWIND $ids AS id
MATCH (x:Entity {id: id})<-[:FILLS]-(p:Project)
WITH DISTINCT p
MATCH (p)-[:FILLS]->(s:Segment)
WITH p, collect(DISTINCT s.id) AS segments
OPTIONAL MATCH (f:Firm)-[:BUILDS]->(p)
WITH p, segments, collect(DISTINCT f.id) AS firms
OPTIONAL MATCH (p)-[:LOCATED_IN]->(l:Place)
WITH p, segments, firms, collect(DISTINCT l.id) AS places
OPTIONAL MATCH (p)-[:IN_PARK]->(k:Park)
RETURN properties(p) AS node, segments AS segments, firms AS firms, places AS places,
  collect(DISTINCT k.id) AS parks
