// Components of a method
//
// What a method consists of and what it is a component of, with the sentences that say so.
//
// ? what are the components of {method}
// ? what is {method} made of
// ? parts of {method}
// ? what does {method} consist of
// ? which building blocks does {method} have
// ? what is inside {method}
// ? what does {method} contain
// ? which modules make up {method}
// ? ingredients of {method}
// ? what techniques does {method} use
// ? which modules is {method} composed of
// ? what goes into {method}
// ? anatomy of {method}
// ? what does {method} combine
// ? internal parts of {method}
//
// > claims-from, claims-to
//
// $method (method) = "Transformer": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (part:Method)-[r:PART_OF]->(whole:Method)
WHERE part.id = $method OR part.name = $method OR whole.id = $method OR whole.name = $method
WITH part, whole, count(r.paper) AS papers, max(r.confidence) AS best
WITH part, whole, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support
MATCH (part)-[r:PART_OF]->(whole)
MATCH (p:Paper) WHERE p.id = r.paper
RETURN whole.name AS method, part.name AS component, r.confidence AS confidence, support, r.sentence AS sentence,
       p.title AS title, p.year AS year, p.key AS key, p.id AS paper, whole.id AS method_id, part.id AS component_id
ORDER BY support DESC, method, component, paper, method_id, component_id
LIMIT $limit
