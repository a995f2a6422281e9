// title_zh: 逐页读出实体
// title_en: Read entities page by page
// answers: one page of all entities in the order of their ids
// param after: text, the last id of the page before ("" for the first)
// param limit: integer, entities a page
// returns id: id
// returns classes: labels besides Entity; one, unless the graph was tampered with
// returns props: all stored properties
MATCH (n:Entity)
WHERE n.id > $after
RETURN n.id AS id, [l IN labels(n) WHERE l <> 'Entity'] AS classes, properties(n) AS props
ORDER BY n.id
LIMIT $limit
