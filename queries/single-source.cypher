// Claims with one source only
//
// Claims about a concept that a single paper makes, the least certain first: what to check before citing it.
// The support of such a claim is its confidence.
//
// ? which claims about {concept} rest on a single paper
// ? claims on {concept} with only one source
// ? what is said about {concept} by one paper only
// ? {concept} claims without a second source
// ? unconfirmed claims about {concept}
// ? what about {concept} has not been replicated by another paper
// ? claims about {concept} that only one paper makes
// ? statements about {concept} with one source only
// ? what is said about {concept} only once
// ? claims about {concept} that no second paper supports
// ? which claims on {concept} are not confirmed by others
//
// $concept (concept) = "BERT": name or id of the concept
// $limit (integer) = 100: most rows to give
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (c)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(o:Method|Task|Dataset|Metric)
WITH c, o, type(r) AS relation, count(r.paper) AS papers, min(r.paper) AS paper,
     min(r.sentence) AS sentence, min(r.confidence) AS confidence
WHERE papers = 1
MATCH (p:Paper) WHERE p.id = paper
RETURN c.name AS subject, relation, o.name AS object, confidence, sentence, p.title AS title,
       p.year AS year, p.key AS key, paper, o.id AS id
ORDER BY confidence, relation, object, id
LIMIT $limit
