// title_zh: 若干企业的状态与所在地
// title_en: Status and places of some firms
// answers: the firms with the ids given, those that exist, and where they stand on a day
// param ids: list of text, firm ids
// param day: text, ISO day on which the place is not known to be another
// returns node: map of id, caption, status, stock_code and valid_to
// returns places: ids of its places
UNWIND $ids AS id
MATCH (f:Entity {id: id})
WHERE f:Firm
OPTIONAL MATCH (f)-[l:LOCATED_IN]->(p:Place)
WHERE coalesce(l.valid_to_max, $day) >= $day AND coalesce(l.valid_from_min, $day) <= $day
WITH f, collect(DISTINCT p.id) AS places
RETURN {id: f.id, caption: f.caption, status: f.status, stock_code: f.stock_code, valid_to: f.valid_to} AS node,
  places AS places
