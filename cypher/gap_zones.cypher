// title_zh: 全部板块
// title_en: All zones
// answers: the places that every zone covers
// returns zone: zone id
// returns name: name of the zone
// returns place: place id
MATCH (z:Zone)-[:COVERS]->(p:Place)
RETURN DISTINCT z.id AS zone, z.caption AS name, p.id AS place
