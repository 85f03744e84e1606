// Claims with their support
//
// Claims of the whole graph or about one concept, each once, with how many papers make it, the best confidence, both in
// one number (support: the best confidence, its doubt less with each paper), the years, how many papers say the
// opposite (of OUTPERFORMS), and the surest sentence. The best supported come first.
//
// ? which claims are best supported
// ? best supported claims about {concept}
// ? what do most papers agree on about {concept}
// ? claims about {concept} by their support
// ? which claims about {concept} do several papers make
// ? strongest claims about {concept}
// ? how well supported are the claims about {concept}
// ? what is most certain about {concept}
// ? consensus on {concept}
//
// $concept (concept) = "": name or id of a concept; empty for all
// $limit (integer) = 100: most rows to give
MATCH (a:Method|Task|Dataset|Metric)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b:Method|Task|Dataset|Metric)
WHERE $concept = '' OR a.id = $concept OR a.name = $concept OR b.id = $concept OR b.name = $concept
MATCH (p:Paper) WHERE p.id = r.paper
WITH a, b, type(r) AS relation, count(p.id) AS papers, max(r.confidence) AS best, min(p.year) AS first_year,
     max(p.year) AS latest_year
WITH a, b, relation, papers, best, first_year, latest_year, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support
ORDER BY support DESC, papers DESC, relation, a.id, b.id
LIMIT $limit
MATCH (a)-[s:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b)
WHERE type(s) = relation AND s.confidence = best
WITH a, b, relation, papers, best, support, first_year, latest_year, min(s.paper) AS surest
MATCH (a)-[x:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b)
WHERE type(x) = relation AND x.paper = surest
MATCH (p:Paper) WHERE p.id = surest
RETURN a.name AS subject, relation, b.name AS object, papers, best, support, first_year, latest_year,
       CASE WHEN relation = 'OUTPERFORMS' THEN COUNT { MATCH (b)-[:OUTPERFORMS]->(a) } ELSE 0 END AS against,
       x.sentence AS sentence, p.key AS key, a.id AS subject_id, b.id AS object_id
ORDER BY support DESC, papers DESC, relation, subject_id, object_id
