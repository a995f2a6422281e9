// title_zh: 环节与产业链的链主、龙头
// title_en: Leading firms of segments and chains
// answers: which firms some relation classes name for the segments and chains given
// param ids: list of text, ids of segments or chains
// param hearsay: boolean, whether also rows count that no source states: no designation, no name given, not verified
// param designation: text, relation class of a designation
// param verified: text, standing of a verified row
// placeholders: {{RELS}} relation classes
// returns type: relation class
// returns firm: firm id
// returns about: id of the segment or chain
// returns link: stored properties of the relation
UNWIND $ids AS id
MATCH (x:Entity {id: id})<-[e:{{RELS}}]-(f:Firm)
WHERE $hearsay OR type(e) = $designation OR coalesce(e.called, '') <> '' OR e.standing = $verified
RETURN type(e) AS type, f.id AS firm, id AS about, properties(e) AS link
