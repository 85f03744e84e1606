// Metrics that a task uses
//
// Metrics in which papers report results for a task, on its benchmarks included, the best supported first.
//
// ? how is {task} measured
// ? which metrics are used for {task}
// ? {task} metrics
// ? how is {task} evaluated
// ? evaluation measures for {task}
// ? by what measure are {task} systems judged
// ? how do you quantify performance in {task}
// ? how is success at {task} scored
// ? what metric should i report for {task}
// ? what do people measure in {task}
// ? by which metric is {task} judged
// ? how is quality in {task} assessed
// ? how do people evaluate {task}
// ? what numbers are reported for {task}
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
OPTIONAL MATCH (d:Dataset)-[:BENCHMARK_FOR]->(t)
WITH t, collect(DISTINCT d.id) AS benchmarks
MATCH (x:Task|Dataset)-[r:MEASURED_BY]->(k:Metric)
WHERE x.id = t.id OR x.id IN benchmarks
WITH k, count(DISTINCT r.paper) AS papers, max(r.confidence) AS best
RETURN k.name AS metric, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support, k.id AS id
ORDER BY support DESC, papers DESC, metric, id
LIMIT $limit
