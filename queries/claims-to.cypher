// What is said of others towards a concept
//
// Claims that have the concept as their object: relation, other concept, and how many papers say so,
// with the surest sentence.
//
// ? claims that point at {concept}
// ? claims with {concept} as the object
// ? which statements lead to {concept}
// ? incoming claims of {concept}
// ? claims in which something is said to be related to {concept} as target
// ? what points to {concept}
// ? all claims with {concept} at the end
// ? incoming relations of {concept}
// ? claims in which {concept} is the target
//
// $concept (concept) = "SQuAD": name or id of the concept
// $limit (integer) = 100: most rows to give
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (o:Method|Task|Dataset|Metric)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(c)
WITH c, o, type(r) AS relation, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (o)-[s:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(c)
WHERE type(s) = relation AND s.confidence = best
WITH c, o, relation, papers, best, min(s.paper) AS surest
MATCH (o)-[x:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(c)
WHERE type(x) = relation AND x.paper = surest
MATCH (p:Paper) WHERE p.id = surest
RETURN relation, o.name AS other, papers, best AS confidence, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       x.sentence AS sentence, p.key AS key, o.id AS id
ORDER BY relation, support DESC, papers DESC, other, id
LIMIT $limit
