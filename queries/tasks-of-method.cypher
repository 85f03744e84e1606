// Tasks of a method
//
// Tasks that papers use a method for, the best supported first, with the surest sentence; then those of the papers that only
// name it: what they are about. `named_by` counts both.
//
// ? uses of {method}
// ? which tasks is {method} used for
// ? what is {method} used for
// ? for what is {method} applied
// ? tasks of {method}
// ? what problems does {method} solve
// ? applications of {method}
// ? to which problems has {method} been applied
// ? what is {method} good for
// ? what is {method} useful for
// ? use cases of {method}
// ? what tasks can {method} be applied to
// ? where is {method} applied
// ? purpose of {method}
// ? which tasks does {method} solve
// ? {method} applications
//
// > components, claims-from
//
// $method (method) = "BERT": name or id of the method
// $limit (integer) = 100: largest number of rows
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (p:Paper)-[:MENTIONS]->(m)
MATCH (p)-[:MENTIONS]->(t:Task)
OPTIONAL MATCH (m)-[r:USED_FOR]->(t) WHERE r.paper = p.id
OPTIONAL MATCH (p)-[a:ABOUT]->(t)
WITH m, t, p, max(r.confidence) AS certainty, count(a) AS about
WHERE about > 0 OR certainty IS NOT NULL
WITH m, t, count(certainty) AS papers, count(p.id) AS named_by, max(certainty) AS best, min(p.key) AS any_key
OPTIONAL MATCH (m)-[s:USED_FOR]->(t) WHERE s.confidence = best
WITH m, t, papers, named_by, best, any_key, min(s.paper) AS surest
OPTIONAL MATCH (m)-[x:USED_FOR]->(t) WHERE x.paper = surest
OPTIONAL MATCH (q:Paper) WHERE q.id = surest
RETURN t.name AS task, papers, named_by, best AS confidence, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       x.sentence AS sentence, coalesce(q.key, any_key) AS key, t.id AS id
ORDER BY coalesce(support, 0.0) DESC, papers DESC, named_by DESC, id
LIMIT $limit
