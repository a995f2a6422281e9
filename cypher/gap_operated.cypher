// title_zh: 企业经营的基地
// title_en: Sites that some firms operate
// answers: the sites that the firms given operate on a day
// param ids: list of text, firm ids
// param day: text, ISO day on which the firm is not known to be another
// returns site: site id
UNWIND $ids AS id
MATCH (:Entity {id: id})-[o:OPERATES]->(x:Site)
WHERE coalesce(o.valid_to_max, $day) >= $day AND coalesce(o.valid_from_min, $day) <= $day
RETURN DISTINCT x.id AS site
