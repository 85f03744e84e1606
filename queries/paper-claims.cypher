// Everything that one paper says
//
// Claims read in one paper, each with its sentence and with the number of papers that make it, the best supported first.
//
// ? what does {paper} say
// ? what does {paper} claim
// ? claims of {paper}
// ? everything stated in {paper}
// ? statements in {paper}
// ? what are the findings of {paper}
// ? main claims made in {paper}
// ? what do the authors of {paper} assert
// ? what does {paper} state
// ? summary of {paper}
// ? tell me about {paper}
// ? findings of {paper}
// ? conclusions of {paper}
// ? what do we learn from {paper}
// ? which claims does {paper} make
// ? all statements of {paper}
// ? what was found in {paper}
//
// $paper (paper) = "arxiv:0003.00003": key, id, DOI, arXiv id or title of the paper
MATCH (p:Paper) WHERE p.id = $paper OR p.key = $paper OR p.title = $paper
MATCH (p)-[:MENTIONS]->(a:Method|Task|Dataset|Metric)
MATCH (a)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b:Method|Task|Dataset|Metric)
WHERE r.paper = p.id
WITH p, a, b, type(r) AS relation, r.confidence AS confidence, r.sentence AS sentence
MATCH (a)-[s:USED_FOR|EVALUATED_ON|TRAINED_ON|BENCHMARK_FOR|MEASURED_BY|OUTPERFORMS|COMPARED_WITH|PART_OF|BASED_ON|SUBCLASS_OF]->(b) WHERE type(s) = relation
WITH p, a, b, relation, confidence, sentence, count(s.paper) AS papers, max(s.confidence) AS best
RETURN a.name AS subject, relation, b.name AS object, confidence, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       sentence, p.key AS key, a.id AS subject_id, b.id AS object_id
ORDER BY support DESC, relation, subject, object, subject_id, object_id
