// Metrics that a task uses
//
// Metrics in which papers report results for a task, on its benchmarks included, by the number of papers.
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
OPTIONAL MATCH (d:Dataset)-[:BENCHMARK_FOR]->(t)
WITH t, collect(DISTINCT d.id) AS benchmarks
MATCH (x:Task|Dataset)-[r:MEASURED_BY]->(k:Metric)
WHERE x.id = t.id OR x.id IN benchmarks
RETURN k.name AS metric, count(DISTINCT r.paper) AS papers, k.id AS id
ORDER BY papers DESC, metric, id
LIMIT $limit
