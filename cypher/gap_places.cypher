// title_zh: 全部地区
// title_en: All places
// answers: every place with the place it lies in on a day
// param day: text, ISO day on which it is not known to lie in another
// returns node: map of id, caption, name, code, level, lon and lat
// returns parents: ids of the places it lies in
MATCH (p:Place)
OPTIONAL MATCH (p)-[w:WITHIN]->(q:Place)
WHERE coalesce(w.valid_to_max, $day) >= $day AND coalesce(w.valid_from_min, $day) <= $day
RETURN {id: p.id, caption: p.caption, name: p.name, code: p.code, level: p.level, lon: p.lon, lat: p.lat} AS node,
  collect(DISTINCT q.id) AS parents
