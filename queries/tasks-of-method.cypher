// Tasks of a method
//
// Tasks that papers use a method for, by the number of papers that say so, with a sentence.
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
// $method (method) = "BERT": name or id of the method
// $limit (integer) = 100: largest number of rows
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (m)-[r:USED_FOR]->(t:Task)
RETURN t.name AS task, count(DISTINCT r.paper) AS papers, max(r.confidence) AS confidence,
       round(1 - (1 - max(r.confidence)) * 5.0 / (count(DISTINCT r.paper) + 4), 3) AS support, min(r.sentence) AS sentence,
       t.id AS id
ORDER BY support DESC, papers DESC, id
LIMIT $limit
