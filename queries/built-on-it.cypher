// What builds on a method
//
// Methods that are based on a method, directly or through others, with the number of steps.
//
// ? what builds on {method}
// ? which methods are based on {method}
// ? what is derived from {method}
// ? descendants of {method}
// ? which models extend {method}
// ? methods built on top of {method}
// ? successors of {method}
// ? variants built from {method}
// ? what came out of {method}
// ? which methods have {method} as their foundation
// ? who extended {method}
// ? which methods extend {method}
// ? extensions of {method}
// ? what uses {method} as its foundation
// ? what has been built upon {method}
// ? models for which {method} is the basis
// ? which later methods go back to {method}
// ? what was inspired by {method}
// ? derivatives of {method}
// ? {method} based models
// ? everything that grew out of {method}
//
// > claims-to
//
// $method (method) = "BERT": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH p = (m)<-[:BASED_ON*1..5]-(o:Method)
WHERE o.id <> m.id
RETURN o.name AS descendant, min(length(p)) AS steps, o.papers AS papers, o.id AS id
ORDER BY steps, papers DESC, descendant, id
LIMIT $limit

/* ladybug
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH p = (m)<-[:BASED_ON* SHORTEST 1..5]-(o:Method)
WHERE o.id <> m.id
RETURN o.name AS descendant, min(length(p)) AS steps, o.papers AS papers, o.id AS id
ORDER BY steps, papers DESC, descendant, id
LIMIT $limit
*/
