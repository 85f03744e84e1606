// What is said of two concepts
//
// Every claim that joins two concepts, in either direction, with paper and sentence, the best supported first.
//
// ? what is said about {first} and {second} together
// ? claims that connect {first} and {second}
// ? statements between {first} and {second}
// ? how are {first} and {second} related
// ? how does {first} relate to {second}
// ? every claim that involves both {first} and {second}
// ? sentences that link {first} with {second}
// ? what is the relation between {first} and {second}
// ? what do papers say of {first} with respect to {second}
// ? in which sentences do {first} and {second} occur
// ? what is the link between {first} and {second}
// ? is there any claim about {first} and {second}
// ? evidence that ties {first} to {second}
//
// $first (concept) = "BERT": name or id of a concept
// $second (concept) = "SQuAD": name or id of the other
// $limit (integer) = 100: most rows to give
MATCH (a:Method|Task|Dataset|Metric)
WHERE a.id = $first OR a.name = $first OR a.id = $second OR a.name = $second
MATCH (a)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b:Method|Task|Dataset|Metric)
WHERE ((a.id = $first OR a.name = $first) AND (b.id = $second OR b.name = $second))
   OR ((a.id = $second OR a.name = $second) AND (b.id = $first OR b.name = $first))
WITH a, b, type(r) AS relation, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (a)-[s:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b) WHERE type(s) = relation
MATCH (p:Paper) WHERE p.id = s.paper
RETURN a.name AS subject, relation, b.name AS object, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       s.confidence AS confidence, s.sentence AS sentence, p.title AS title, p.year AS year, p.key AS key, p.id AS paper,
       a.id AS subject_id, b.id AS object_id
ORDER BY support DESC, relation, subject_id, object_id, confidence DESC, paper
LIMIT $limit
