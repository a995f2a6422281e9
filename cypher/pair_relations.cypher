// title_zh: 两实体间已有的关系
// title_en: Relations that are there between two entities
// answers: which of the given relations of one class are there, pair of entities by pair; NEAR is the end with fewer relations
// param pairs: list of lists, ids of both ends and a map by rid
// placeholders: {{REL}} relation class, {{NEAR}} end, {{IN}} arrow, {{OUT}} arrow, {{FAR}} end
// returns rid: identity of a relation that is there
UNWIND $pairs AS p
MATCH (a:Entity {id: p[0]})
MATCH (b:Entity {id: p[1]})
OPTIONAL MATCH ({{NEAR}}){{IN}}-[e:{{REL}}]-{{OUT}}({{FAR}})
WITH e.rid AS rid, p
WHERE rid IS NOT NULL AND p[2][rid] IS NOT NULL
RETURN rid AS rid
