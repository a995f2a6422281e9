// title_zh: 产业链的名称
// title_en: Names of the chains
// answers: every chain with its names, and whether it has segments
// returns node: map of id, caption, name, short_name, name_en, aliases and level
// returns segments: number of segments
MATCH (c:Chain)
OPTIONAL MATCH (c)-[:HAS_SEGMENT]->(s:Segment)
WITH c, count(DISTINCT s.id) AS segments
RETURN {id: c.id, caption: c.caption, name: c.name, short_name: c.short_name, name_en: c.name_en,
  aliases: c.aliases, level: c.level} AS node, segments AS segments
