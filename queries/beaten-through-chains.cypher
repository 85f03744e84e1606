// What beats a method, through chains
//
// Methods that beat a method directly or beat one that does, and so on, with the number of steps of the
// shortest chain. A chain is a hint where to look, no proof: each step may hold on another dataset.
//
// ? what beats {method} directly or indirectly
// ? which methods beat {method} directly or through others
// ? what beats {method} through chains of claims
// ? which methods are better than {method} via other methods and in how many steps
// ? transitive winners over {method}
// ? follow the claims of being better up from {method}
// ? everything above {method} in the order of who beats whom
// ? who beats {method} by way of other models
//
// $method (method) = "BiDAF": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH p = (m)<-[:OUTPERFORMS*1..4]-(w:Method)
WHERE w.id <> m.id
RETURN w.name AS better, min(length(p)) AS steps, w.papers AS papers, w.id AS id
ORDER BY steps, papers DESC, better, id
LIMIT $limit

/* ladybug
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH p = (m)<-[:OUTPERFORMS* SHORTEST 1..4]-(w:Method)
WHERE w.id <> m.id
RETURN w.name AS better, min(length(p)) AS steps, w.papers AS papers, w.id AS id
ORDER BY steps, papers DESC, better, id
LIMIT $limit
*/
