// title_zh: 全部板块
// title_en: All zones
// answers: the places that every zone covers
// returns zone: zone id
// returns place: place id
MATCH (z:Zone)-[:COVERS]->(p:Place)
RETURN DISTINCT z.id AS zone, p.id AS place
