// Tasks of a dataset
//
// Tasks that papers call a dataset a benchmark for, the best supported first, with the surest sentence.
//
// ? what is {dataset} a benchmark for
// ? which tasks is {dataset} a benchmark for
// ? what is {dataset} used for
// ? tasks of {dataset}
// ? what does {dataset} test
// ? for which task was {dataset} made
// ? what problem does {dataset} evaluate
// ? which task does {dataset} belong to
// ? {dataset} tests which task
// ? which problem is {dataset} about
// ? which task is {dataset} for
// ? tasks evaluated on {dataset}
//
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $limit (integer) = 100: largest number of rows
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (d)-[r:BENCHMARK_FOR]->(t:Task)
WITH d, t, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (d)-[s:BENCHMARK_FOR]->(t)
WHERE s.confidence = best
WITH d, t, papers, best, min(s.paper) AS surest
MATCH (d)-[x:BENCHMARK_FOR]->(t) WHERE x.paper = surest
MATCH (p:Paper) WHERE p.id = surest
RETURN t.name AS task, papers, best AS confidence, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       x.sentence AS sentence, p.key AS key, t.id AS id
ORDER BY support DESC, papers DESC, id
LIMIT $limit
