// Datasets that a task uses
//
// Datasets that papers call a benchmark for a task or a kind of it, the best supported first, with how many methods were
// evaluated on each. Where papers say it only of kinds, one of them is in `narrower`.
//
// ? what do people evaluate {task} on
// ? which datasets are used for {task}
// ? benchmarks for {task}
// ? data sets for {task}
// ? on what data is {task} tested
// ? {task} datasets
// ? {task} benchmark
// ? where can {task} be evaluated
// ? which corpora exist for {task}
// ? what is the standard benchmark for {task}
// ? what data is there for {task}
// ? usual test sets for {task}
// ? which data do people use for {task}
// ? where is {task} evaluated
// ? which data should i test {task} on
// ? common datasets in {task}
// ? resources for {task}
// ? name datasets to test {task} on
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
MATCH (n:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
WITH DISTINCT t, n
MATCH (d:Dataset)-[r:BENCHMARK_FOR]->(n)
WITH d, count(DISTINCT r.paper) AS papers, max(r.confidence) AS best,
     min(CASE WHEN n.id = t.id THEN '' ELSE n.name END) AS narrower
OPTIONAL MATCH (m:Method)-[:EVALUATED_ON]->(d)
RETURN d.name AS dataset, narrower, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       count(DISTINCT m.id) AS methods, d.id AS id
ORDER BY support DESC, papers DESC, methods DESC, dataset, id
LIMIT $limit
