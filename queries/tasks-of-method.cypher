// Tasks of a method
//
// Tasks that papers use a method for, the best supported first, with the surest sentence.
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
MATCH (m)-[r:USED_FOR]->(t:Task)
WITH m, t, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (m)-[s:USED_FOR]->(t)
WHERE s.confidence = best
WITH m, t, papers, best, min(s.paper) AS surest
MATCH (m)-[x:USED_FOR]->(t) WHERE x.paper = surest
MATCH (p:Paper) WHERE p.id = surest
RETURN t.name AS task, papers, best AS confidence, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       x.sentence AS sentence, p.key AS key, t.id AS id
ORDER BY support DESC, papers DESC, id
LIMIT $limit
