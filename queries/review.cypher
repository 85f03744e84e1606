// Low-confidence claims to review
//
// Claims whose confidence lies below a bound, the least supported first, with the sentence to check them against.
//
// ? which claims are least certain
// ? claims with low confidence
// ? what should i check by hand
// ? uncertain claims
// ? doubtful statements
// ? claims to review
// ? claims with confidence below {below}
// ? claims that need verification
// ? weakest claims first
// ? which extractions are probably wrong
// ? which statements may be wrong
// ? which claims should be checked by a human
// ? what is the extractor unsure about
// ? claims that may be errors
// ? statements with a confidence under {below}
// ? least reliable claims
//
// $below (float) = 0.5: only claims less certain than this
// $limit (integer) = 100: most rows to give
MATCH (a:Method|Task|Dataset|Metric)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b:Method|Task|Dataset|Metric)
WITH a, b, type(r) AS relation, count(r.paper) AS papers, max(r.confidence) AS best, min(r.confidence) AS least
WHERE least < $below
WITH a, b, relation, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support
MATCH (a)-[s:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b)
WHERE type(s) = relation AND s.confidence < $below
MATCH (p:Paper) WHERE p.id = s.paper
RETURN s.confidence AS confidence, papers, support, a.name AS subject, relation, b.name AS object,
       s.sentence AS sentence, p.title AS title, p.year AS year, p.key AS key, p.id AS paper, a.id AS subject_id,
       b.id AS object_id
ORDER BY support, confidence, paper, relation, subject_id, object_id
LIMIT $limit
