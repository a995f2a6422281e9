// title_zh: 全部园区
// title_en: All parks
// answers: every park with its place and the park it is part of
// returns node: map of id, caption, name, aliases, level and type
// returns places: ids of its own places
// returns parents: ids of the parks it is part of
MATCH (k:Park)
OPTIONAL MATCH (k)-[:LOCATED_IN]->(p:Place)
WITH k, collect(DISTINCT p.id) AS places
OPTIONAL MATCH (k)-[:PART_OF]->(o:Park)
RETURN {id: k.id, caption: k.caption, name: k.name, aliases: k.aliases, level: k.level, type: k.type} AS node,
  places AS places, collect(DISTINCT o.id) AS parents
