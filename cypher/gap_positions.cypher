// title_zh: 定位于环节与产业链的园区、地区、板块
// title_en: Parks, places and zones positioned for segments and chains
// answers: which parks, places and zones are positioned for the segments and chains given
// param ids: list of text, ids of segments or chains
// returns subject: id of the park, place or zone
// returns name: its caption
// returns about: id of the segment or chain
// returns link: stored properties of POSITIONED_FOR
UNWIND $ids AS id
MATCH (x:Entity {id: id})<-[e:POSITIONED_FOR]-(p:Entity)
RETURN p.id AS subject, p.caption AS name, id AS about, properties(e) AS link
