// title_zh: 若干项目及其责任人与问题
// title_en: Several projects, who answers for them and their problems
// answers: the projects with the ids given, with who is responsible, which posts guide them, and the problems about them
// param ids: list of text, project ids
// param limit: integer, rows
// returns node: stored properties of the project
// returns responsible: captions of organisations and posts
// returns guides: captions of the posts that guide it
// returns problems: list of {name, status} of the problems about it
UNWIND $ids AS id
MATCH (j:Entity {id: id})
WHERE j:Project
WITH DISTINCT j
ORDER BY j.id
LIMIT $limit
OPTIONAL MATCH (r:Entity)-[:RESPONSIBLE_FOR]->(j)
WITH j, collect(DISTINCT r.caption) AS responsible
OPTIONAL MATCH (g:Entity)-[:GUIDES]->(j)
WITH j, responsible, collect(DISTINCT g.caption) AS guides
OPTIONAL MATCH (b:Problem)-[:ABOUT]->(j)
WITH j, responsible, guides,
  collect(DISTINCT CASE WHEN b IS NULL THEN NULL ELSE {name: b.caption, status: b.status} END) AS problems
RETURN properties(j) AS node, responsible AS responsible, guides AS guides, problems AS problems
ORDER BY j.id
