// Kinds of a concept
//
// Kinds or subtasks of a concept, as papers say with the surest sentence, or as names alone do ("by name", no papers); then
// what it is a kind of itself.
//
// ? what kinds of {concept} are there
// ? types of {concept}
// ? subclasses of {concept}
// ? variants of {concept}
// ? examples of {concept}
// ? what is {concept} a kind of
// ? name some {concept}
// ? hierarchy of {concept}
// ? subtasks of {concept}
// ? what sort of thing is {concept}
// ? sub-tasks of {concept}
// ? list different {concept}
// ? which sorts of {concept} does the graph know
// ? what are special cases of {concept}
// ? what falls under {concept}
//
// $concept (concept) = "language model": name or id of the concept
// $limit (integer) = 100: most rows to give
MATCH (a:Method|Task|Dataset|Metric)-[r:SUBCLASS_OF|NARROWER_THAN]->(b:Method|Task|Dataset|Metric)
WHERE a.id = $concept OR a.name = $concept OR b.id = $concept OR b.name = $concept
WITH a, b, count(r.paper) AS papers, max(r.confidence) AS best
OPTIONAL MATCH (a)-[s:SUBCLASS_OF]->(b)
WHERE s.confidence = best
RETURN a.name AS kind, b.name AS of, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       coalesce(min(s.sentence), 'by name') AS sentence, a.papers AS mentioned_in, a.id AS kind_id, b.id AS of_id
ORDER BY kind_id = $concept OR kind = $concept, coalesce(support, 0.0) DESC, papers DESC, mentioned_in DESC, kind_id, of_id
LIMIT $limit
