// A concept by year
//
// How many papers of each year mention a concept, and how many of them are mainly about it.
//
// $concept (concept) = "Transformer": name or id of the concept
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (p:Paper)-[:MENTIONS]->(c)
WHERE p.year IS NOT NULL
OPTIONAL MATCH (p)-[a:ABOUT]->(c)
RETURN p.year AS year, count(p.id) AS papers, count(a) AS about
ORDER BY year
