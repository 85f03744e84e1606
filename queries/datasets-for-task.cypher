// Datasets that a task uses
//
// Datasets that papers call a benchmark for a task or a kind of it, those that most papers call so first, with how many
// methods were evaluated on each; then those that papers about it only name. `named_by` counts both. Where papers say it
// only of kinds, one of them is in `narrower`.
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
// > papers-on
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
MATCH (p:Paper)-[:MENTIONS]->(:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
WITH DISTINCT t, p
OPTIONAL MATCH (p)-[:ABOUT]->(a:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
WITH t, p, min(CASE WHEN a.id = t.id THEN '' ELSE a.name END) AS about
MATCH (p)-[:MENTIONS]->(d:Dataset)
OPTIONAL MATCH (d)-[r:BENCHMARK_FOR]->(u:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t) WHERE r.paper = p.id
WITH t, d, p, about, max(r.confidence) AS surest, min(CASE WHEN u.id = t.id THEN '' ELSE u.name END) AS said
WHERE about IS NOT NULL OR said IS NOT NULL
WITH t, d, count(said) AS papers, count(p.id) AS named_by, max(surest) AS best, min(coalesce(said, about)) AS narrower,
     min(p.key) AS any_key
OPTIONAL MATCH (d)-[s:BENCHMARK_FOR]->(:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t) WHERE s.confidence = best
OPTIONAL MATCH (q:Paper) WHERE q.id = s.paper
WITH d, papers, named_by, best, narrower, any_key, min(q.key) AS sure_key
OPTIONAL MATCH (m:Method)-[:EVALUATED_ON]->(d)
WITH d, papers, named_by, best, narrower, any_key, sure_key, count(DISTINCT m.id) AS methods
RETURN d.name AS dataset, narrower, papers, named_by,
       CASE WHEN papers > 0 THEN round(1 - (1 - best) * 5.0 / (papers + 4), 3) END AS support, methods,
       coalesce(sure_key, any_key) AS key, d.id AS id
ORDER BY papers DESC, named_by DESC, coalesce(support, 0.0) DESC, methods DESC, dataset, id
LIMIT $limit
