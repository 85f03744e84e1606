// Metrics that a task uses
//
// Metrics by which papers measure a task or a kind of it or report a number for it, on its benchmarks included, or which
// papers name that are mainly about it, by the number of papers.
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
// > leaderboards, datasets-for-task
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
MATCH (n:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
OPTIONAL MATCH (d:Dataset)-[:BENCHMARK_FOR]->(n)
WITH collect(DISTINCT n.id) AS tasks, collect(DISTINCT d.id) AS benchmarks
MATCH (p:Paper)-[:MENTIONS]->(k:Metric)
WHERE EXISTS { MATCH (p)-[:ABOUT]->(a:Task) WHERE a.id IN tasks }
   OR EXISTS { MATCH (x:Task|Dataset)-[r:MEASURED_BY]->(k)
               WHERE r.paper = p.id AND (x.id IN tasks OR x.id IN benchmarks) }
   OR EXISTS { MATCH (p)-[:REPORTS]->(v:Result)-[:BY_METRIC]->(k), (v)-[:FOR_TASK|ON_DATASET]->(y:Task|Dataset)
               WHERE y.id IN tasks OR y.id IN benchmarks }
RETURN k.name AS metric, count(DISTINCT p) AS papers, k.id AS id
ORDER BY papers DESC, metric, id
LIMIT $limit
