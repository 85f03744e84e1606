// What is said of others towards a concept
//
// Claims that have the concept as their object: relation, other concept, and how many papers say so,
// with one of the sentences.
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
RETURN type(r) AS relation, o.name AS other, count(r.paper) AS papers, max(r.confidence) AS confidence,
       round(1 - (1 - max(r.confidence)) * 5.0 / (count(r.paper) + 4), 3) AS support, min(r.sentence) AS sentence, o.id AS id
ORDER BY relation, support DESC, papers DESC, other, id
LIMIT $limit
