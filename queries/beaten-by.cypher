// What beats a method
//
// Methods that papers claim to be better than a method, each claim with its sentence.
//
// ? newer methods that outperform {method}
// ? what beats {method}
// ? who beats {method}
// ? which methods outperform {method}
// ? which models are better than {method}
// ? what is {method} beaten by
// ? what does {method} lose to
// ? what has overtaken {method}
// ? is there anything better than {method}
// ? methods that improve on {method}
// ? which approaches did {method} fall behind
// ? {method} is worse than what
// ? successors that outperform {method}
// ? {method} was overtaken by which method
// ? are there models with better performance than {method}
// ? which newer method replaced {method}
// ? {method} loses against what
// ? what is stronger than {method}
// ? who wins against {method}
// ? which alternatives to {method} are better
//
// > claims-to
//
// $method (method) = "BERT": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (w:Method)-[r:OUTPERFORMS]->(m)
WITH m, w, count(r.paper) AS papers, max(r.confidence) AS best
WITH m, w, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support
MATCH (w)-[r:OUTPERFORMS]->(m)
MATCH (p:Paper) WHERE p.id = r.paper
RETURN w.name AS better, p.year AS year, r.confidence AS confidence, support, r.sentence AS sentence,
       p.title AS title, p.key AS key, p.id AS paper, w.id AS id
ORDER BY support DESC, better, year, paper, id
LIMIT $limit
