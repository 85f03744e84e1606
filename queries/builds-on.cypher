// What a method builds on
//
// Methods that a method is based on, directly or through others, with the number of steps.
//
// ? what is {method} based on
// ? what does {method} build on
// ? foundations of {method}
// ? which methods does {method} extend
// ? what does {method} derive from
// ? ancestors of {method}
// ? lineage of {method}
// ? what came before {method}
// ? on top of what is {method} built
// ? which earlier methods does {method} go back to
// ? roots of {method}
// ? what is the basis of {method}
// ? which model served as the basis for {method}
// ? predecessors of {method}
// ? which methods is {method} an extension of
// ? what ideas does {method} rest on
// ? {method} extends what
// ? what is {method} derived from
// ? {method} was inspired by what
//
// > components, claims-from
//
// $method (method) = "RoBERTa": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH p = (m)-[:BASED_ON*1..5]->(o:Method)
WHERE o.id <> m.id
RETURN o.name AS foundation, min(length(p)) AS steps, o.papers AS papers, o.id AS id
ORDER BY steps, papers DESC, foundation, id
LIMIT $limit

/* ladybug
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH p = (m)-[:BASED_ON* SHORTEST 1..5]->(o:Method)
WHERE o.id <> m.id
RETURN o.name AS foundation, min(length(p)) AS steps, o.papers AS papers, o.id AS id
ORDER BY steps, papers DESC, foundation, id
LIMIT $limit
*/
