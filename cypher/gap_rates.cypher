// title_zh: 环节与产业链的本地配套率
// title_en: Local supply rates of segments and chains
// answers: the observations of one metric that speak of the segments and chains given, with all they speak of
// param ids: list of text, ids of segments or chains
// param metric: text, value of Observation.metric
// returns node: stored properties
// returns about: ids of all that it speaks of
UNWIND $ids AS id
MATCH (x:Entity {id: id})<-[:ABOUT]-(o:Observation)
WHERE o.metric = $metric
WITH DISTINCT o
MATCH (o)-[:ABOUT]->(a:Entity)
RETURN properties(o) AS node, collect(DISTINCT a.id) AS about
