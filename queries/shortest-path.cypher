// The shortest path between two concepts
//
// How two concepts hang together: one row a step along the shortest chain of claims, in any direction, each with
// its support and surest sentence. Of equally short chains, the one whose ids come first. No chain leads through a generic concept.
//
// ? shortest path between {first} and {second}
// ? path from {first} to {second}
// ? how are {first} and {second} connected
// ? how do i get from {first} to {second}
// ? chain of claims from {first} to {second}
// ? how is {first} linked to {second} through others
// ? connection between {first} and {second}
// ? route from {first} to {second}
// ? steps from {first} to {second}
// ? shortest chain linking {first} with {second}
// ? how can i go from {first} to {second}
// ? how far is {first} from {second}
//
// $first (concept) = "BiDAF": name or id of a concept
// $second (concept) = "ImageNet": name or id of the other
MATCH (a:Method|Task|Dataset|Metric) WHERE a.id = $first OR a.name = $first
MATCH (b:Method|Task|Dataset|Metric) WHERE b.id = $second OR b.name = $second
MATCH p = allShortestPaths((a)-[:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF*..6]-(b))
WHERE a.id <> b.id AND all(n IN nodes(p) WHERE n = a OR n = b OR NOT coalesce(n.generic, false))
WITH nodes(p) AS stops, reduce(ids = '', n IN nodes(p) | ids + '|' + n.id) AS ids
ORDER BY ids LIMIT 1
UNWIND range(1, size(stops) - 1) AS step
WITH step, stops[step - 1] AS x, stops[step] AS y
MATCH (x)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]-(y)
WITH step, x, y, type(r) AS relation, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (x)-[s:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]-(y)
WHERE type(s) = relation AND s.confidence = best
RETURN step, x.name AS concept, y.name AS next, relation, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       min(s.sentence) AS sentence, x.id AS id, y.id AS next_id
ORDER BY step, relation

/* ladybug
MATCH (a:Method|Task|Dataset|Metric) WHERE a.id = $first OR a.name = $first
MATCH (b:Method|Task|Dataset|Metric) WHERE b.id = $second OR b.name = $second
MATCH p = (a)-[:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF* ALL SHORTEST 1..6 (r, n | WHERE NOT coalesce(n.generic, false))]-(b)
WHERE a.id <> b.id
WITH properties(nodes(p), 'id') AS stops, list_to_string('|', properties(nodes(p), 'id')) AS ids
ORDER BY ids LIMIT 1
UNWIND range(1, size(stops) - 1) AS step
WITH step, stops[step] AS id, stops[step + 1] AS next_id
MATCH (x:Method|Task|Dataset|Metric)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]-(y:Method|Task|Dataset|Metric)
WHERE x.id = id AND y.id = next_id
WITH step, x, y, id, next_id, type(r) AS relation, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (x)-[s:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]-(y)
WHERE type(s) = relation AND s.confidence = best
RETURN step, x.name AS concept, y.name AS next, relation, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       min(s.sentence) AS sentence, id, next_id
ORDER BY step, relation
*/
