// Methods never evaluated on a task's main benchmark
//
// Methods used for a task or a kind of it without a single claim that they were evaluated on the dataset that most papers
// call its benchmark.
//
// ? which {task} methods were never evaluated on the main benchmark
// ? {task} models that skip the main benchmark
// ? methods for {task} without results on the standard dataset
// ? methods used for {task} but not tested on its main dataset
// ? who avoids the usual benchmark of {task}
// ? which {task} approaches have no evaluation on the most important benchmark
// ? {task} methods that nobody tested on the main dataset
// ? which methods for {task} lack results on its main benchmark
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
MATCH (n:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
WITH DISTINCT t, n
MATCH (d:Dataset)-[r:BENCHMARK_FOR]->(n)
WITH t, d, count(DISTINCT r.paper) AS votes
ORDER BY votes DESC, d.papers DESC, d.id
LIMIT 1
MATCH (k:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
WITH DISTINCT d, k
MATCH (m:Method)-[u:USED_FOR]->(k)
WHERE NOT EXISTS { MATCH (m)-[:EVALUATED_ON]->(d) }
RETURN m.name AS method, count(DISTINCT u.paper) AS papers, d.name AS benchmark, m.id AS id
ORDER BY papers DESC, method, id
LIMIT $limit
