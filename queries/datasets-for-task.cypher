// Datasets that a task uses
//
// Datasets that papers call a benchmark for a task, by the number of papers that say so, with how many
// methods were evaluated on each.
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
MATCH (d:Dataset)-[r:BENCHMARK_FOR]->(t)
WITH d, count(r.paper) AS papers
OPTIONAL MATCH (m:Method)-[:EVALUATED_ON]->(d)
RETURN d.name AS dataset, papers, count(DISTINCT m.id) AS methods, d.id AS id
ORDER BY papers DESC, methods DESC, dataset, id
LIMIT $limit
