// title_zh: 企业与基地的认定
// title_en: Titles of firms and sites
// answers: the titles that the firms or sites given hold
// param ids: list of text, ids of firms or sites
// returns holder: id of the firm or site
// returns node: stored properties of the title
UNWIND $ids AS id
MATCH (x:Entity {id: id})<-[:ABOUT]-(t:Title)
RETURN id AS holder, properties(t) AS node
