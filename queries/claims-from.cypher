// What is said of a concept
//
// Claims that have the concept as their subject: relation, other concept, and how many papers say so,
// with the surest sentence.
//
// ? what do papers claim about {concept}
// ? what is said about {concept}
// ? claims about {concept}
// ? statements made about {concept}
// ? claims with {concept} as the subject
// ? which claims start from {concept}
// ? what do people say about {concept}
// ? what does the literature state on {concept}
// ? outgoing claims of {concept}
// ? what is asserted about {concept}
// ? what do authors say regarding {concept}
// ? what is written about {concept} with the sentence
// ? list the claims about {concept}
// ? which statements are made of {concept}
//
// $concept (concept) = "BERT": name or id of the concept
// $limit (integer) = 100: most rows to give
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (c)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(o:Method|Task|Dataset|Metric)
WITH c, o, type(r) AS relation, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (c)-[s:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(o)
WHERE type(s) = relation AND s.confidence = best
WITH c, o, relation, papers, best, min(s.paper) AS surest
MATCH (c)-[x:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(o)
WHERE type(x) = relation AND x.paper = surest
MATCH (p:Paper) WHERE p.id = surest
RETURN relation, o.name AS other, papers, best AS confidence, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       x.sentence AS sentence, p.key AS key, o.id AS id
ORDER BY relation, support DESC, papers DESC, other, id
LIMIT $limit
