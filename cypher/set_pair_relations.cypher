// title_zh: 改写两实体间的关系
// title_en: Overwrite relations between two entities
// answers: overwrites relations of one class that are there, going through those of a pair once; NEAR is the end with fewer relations
// param pairs: list of lists, ids of both ends and a map from rid to the row as merge_relations takes it
// placeholders: {{REL}} relation class, {{NEAR}} end, {{IN}} arrow, {{OUT}} arrow, {{FAR}} end, {{PROPERTIES}} columns of a relation
UNWIND $pairs AS p
MATCH (a:Entity {id: p[0]})
MATCH (b:Entity {id: p[1]})
OPTIONAL MATCH ({{NEAR}}){{IN}}-[e:{{REL}}]-{{OUT}}({{FAR}})
WITH e, p
WHERE e.rid IS NOT NULL
WITH e, p[2][e.rid] AS r
WHERE r IS NOT NULL
SET e = { {{PROPERTIES}} }
