// Papers on a concept
//
// Papers that mention a concept, the newest first, with how often they do and whether they are mainly about it.
//
// $concept (concept) = "SQuAD": name or id of the concept
// $limit (integer) = 100: most rows to give
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (p:Paper)-[r:MENTIONS]->(c)
RETURN p.title AS title, p.year AS year, r.count AS mentions, EXISTS { MATCH (p)-[:ABOUT]->(c) } AS about,
       p.id AS paper
ORDER BY coalesce(year, 0) DESC, mentions DESC, paper
LIMIT $limit
