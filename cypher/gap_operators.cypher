// title_zh: 基地的经营企业
// title_en: Who operates some sites
// answers: the firms that operate the sites given on a day
// param ids: list of text, site ids
// param day: text, ISO day on which the firm is not known to be another
// returns site: site id
// returns firm: firm id
UNWIND $ids AS id
MATCH (x:Entity {id: id})<-[o:OPERATES]-(f:Firm)
WHERE coalesce(o.valid_to_max, $day) >= $day AND coalesce(o.valid_from_min, $day) <= $day
RETURN id AS site, f.id AS firm
