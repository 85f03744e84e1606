// Benchmarks that a method was not tried on
//
// Datasets that are benchmarks for the tasks a method is used for, without a claim that it was evaluated there.
//
// ? which benchmarks has {method} not been tried on
// ? datasets that {method} was never evaluated on
// ? where has {method} not been tested yet
// ? missing evaluations of {method}
// ? what else could {method} be evaluated on
// ? untried datasets for {method}
// ? gaps in the evaluation of {method}
// ? on which datasets should {method} be tested next
// ? which datasets should i still try {method} on
// ? what has {method} not been evaluated on
// ? open benchmarks for {method}
// ? benchmarks that fit {method} but were never used
// ? on which data is {method} still untested
//
// $method (method) = "BERT": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (m)-[:USED_FOR]->(t:Task)
WITH DISTINCT m, t
MATCH (d:Dataset)-[r:BENCHMARK_FOR]->(t)
WHERE NOT EXISTS { MATCH (m)-[:EVALUATED_ON]->(d) }
RETURN d.name AS dataset, t.name AS task, count(r.paper) AS papers, d.id AS dataset_id, t.id AS task_id
ORDER BY papers DESC, dataset_id, task_id
LIMIT $limit
