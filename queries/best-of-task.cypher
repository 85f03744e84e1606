// The best of a task over its benchmarks
//
// For each benchmark of a task or a kind of it and each metric, the method with the best absolute result and how many
// methods have one. Benchmarks without results are not listed; datasets-for-task has them all.
//
// ? best method for {task}
// ? what is the best model for {task}
// ? state of the art in {task}
// ? which method is best at {task}
// ? best results for {task}
// ? who leads in {task} on each benchmark
// ? winner on every benchmark of {task}
// ? top method for {task} across its benchmarks
// ? sota {task}
// ? strongest system for {task}
// ? best approach to {task}
// ? best {task} model
// ? which method should i choose for {task}
// ? what works best for {task}
// ? leading methods in {task}
// ? what is currently the best at {task}
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: largest number of rows
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
MATCH (n:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
MATCH (d:Dataset)-[:BENCHMARK_FOR]->(n)
WITH DISTINCT d
MATCH (d)<-[:ON_DATASET]-(r:Result)-[:BY_METRIC]->(k:Metric)
WHERE r.comparison = 'absolute' AND r.number IS NOT NULL
MATCH (r)-[:OF_METHOD]->(m:Method)
WITH d, k, count(DISTINCT m.id) AS methods,
     max(CASE WHEN k.better = 'lower' THEN -1.0 * r.number ELSE r.number END) AS quality
MATCH (d)<-[:ON_DATASET]-(b:Result)-[:BY_METRIC]->(k)
WHERE b.comparison = 'absolute' AND CASE WHEN k.better = 'lower' THEN -1.0 * b.number ELSE b.number END = quality
  AND EXISTS { MATCH (b)-[:OF_METHOD]->(:Method) }
WITH d, k, methods, min(b.id) AS best
MATCH (b:Result) WHERE b.id = best
MATCH (b)-[:OF_METHOD]->(w:Method)
MATCH (p:Paper)-[:REPORTS]->(b)
RETURN d.name AS dataset, k.name AS metric, k.better AS better, min(w.name) AS method, b.value AS value, methods,
       min(p.year) AS year, min(coalesce(p.title, p.key)) AS title, min(p.key) AS key, b.text AS sentence,
       d.id AS dataset_id, k.id AS metric_id
ORDER BY methods DESC, dataset_id, metric_id
LIMIT $limit
