// title_zh: 环节与产业链的链主、龙头
// title_en: Leading firms of segments and chains
// answers: which firms some relation classes name for the segments and chains given
// param ids: list of text, ids of segments or chains
// placeholders: {{RELS}} relation classes
// returns type: relation class
// returns firm: firm id
// returns about: id of the segment or chain
// returns link: stored properties of the relation
UNWIND $ids AS id
MATCH (x:Entity {id: id})<-[e:{{RELS}}]-(f:Firm)
RETURN type(e) AS type, f.id AS firm, id AS about, properties(e) AS link
