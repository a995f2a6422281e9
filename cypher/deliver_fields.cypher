// title_zh: 关于若干环节的应用领域或技术
// title_en: Applications or technologies of some segments
// answers: the entities of a class that are about the segments given, known by a day, with those segments
// param ids: list of text, segment ids
// param day: ISO date
// param limit: integer, rows
// placeholders: {{CLASS}} entity class
// returns node: stored properties
// returns segments: ids of the segments among those given
// returns links: list of {segment, standing, grade, sources} of the relations
UNWIND $ids AS id
MATCH (s:Entity {id: id})<-[e:ABOUT]-(n:{{CLASS}})
WHERE coalesce(e.valid_from_min, e.seen_first, n.seen_first, '') <= $day
  AND (e.valid_to_max IS NULL OR e.valid_to_max >= $day)
WITH n, s, e
ORDER BY n.id, s.id
WITH n, collect(DISTINCT s.id) AS segments,
  collect({segment: s.id, standing: e.standing, grade: e.grade, sources: e.sources}) AS links
RETURN properties(n) AS node, segments AS segments, links AS links
ORDER BY n.id
LIMIT $limit
