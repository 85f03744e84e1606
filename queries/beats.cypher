// What a method beats
//
// Methods that papers claim to be worse than a method, each claim with its sentence.
//
// $method (method) = "BERT": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (m)-[r:OUTPERFORMS]->(l:Method)
MATCH (p:Paper) WHERE p.id = r.paper
RETURN l.name AS worse, p.year AS year, r.confidence AS confidence, r.sentence AS sentence, p.id AS paper, l.id AS id
ORDER BY worse, year, paper, id
LIMIT $limit
