// title_zh: 读出一页实体的关系
// title_en: Read the relations of a page
// answers: all relations that leave the entities given
// param ids: list of ids
// returns rid: relation id
// returns type: relation class
// returns source: id of the start
// returns target: id of the end
// returns props: all stored properties
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[e]->(b:Entity)
RETURN e.rid AS rid, type(e) AS type, a.id AS source, b.id AS target, properties(e) AS props
