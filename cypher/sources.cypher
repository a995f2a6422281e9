// title_zh: 若干来源
// title_en: Several sources
// answers: the sources with the ids given, those that exist, as they are cited
// param ids: list of text, source ids
// returns source: map of id, name, caption, publisher, date, medium, read, grade, link and url, null where not recorded
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n:Source
RETURN {id: n.id, name: n.name, caption: n.caption, publisher: n.publisher, date: n.date, medium: n.medium,
  read: n.read, grade: n.grade, link: n.link, url: n.url} AS source
