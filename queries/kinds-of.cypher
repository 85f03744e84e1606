// Kinds of a concept
//
// Concepts that are said to be a kind or subtask of a concept, and what it is a kind of itself, with
// the surest sentence.
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
MATCH (a:Method|Task|Dataset|Metric)-[r:SUBCLASS_OF]->(b:Method|Task|Dataset|Metric)
WHERE a.id = $concept OR a.name = $concept OR b.id = $concept OR b.name = $concept
WITH a, b, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (a)-[s:SUBCLASS_OF]->(b)
WHERE s.confidence = best
RETURN a.name AS kind, b.name AS of, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       min(s.sentence) AS sentence, a.id AS kind_id, b.id AS of_id
ORDER BY support DESC, papers DESC, kind_id, of_id
LIMIT $limit
