// Which leaderboards there are
//
// Pairs of dataset and metric with absolute results, all or those for a task and its kinds, by the number of methods: how
// many results and papers, from which years, and which values are better (empty where the metric's name does not say).
//
// ? which leaderboards are there
// ? list the leaderboards
// ? for which datasets and metrics are there leaderboards
// ? what leaderboards do you have
// ? leaderboards for {task}
// ? available rankings with counts
// ? which datasets have most results
// ? which benchmarks have the most results
// ? on which datasets are there scores
// ? how many results does each leaderboard have
// ? which datasets have rankings
// ? overview of all leaderboards
// ? which rankings can i see
// ? where do you have rankings
// ? which combinations of dataset and metric have results
//
// $task (task) = "": only benchmarks for this task; empty for all
// $limit (integer) = 100: largest number of rows
MATCH (d:Dataset)<-[:ON_DATASET]-(r:Result)-[:BY_METRIC]->(k:Metric)
WHERE r.comparison = 'absolute' AND r.number IS NOT NULL
  AND ($task = '' OR EXISTS {
    MATCH (d)-[:BENCHMARK_FOR]->(:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t:Task) WHERE t.id = $task OR t.name = $task })
MATCH (r)-[:OF_METHOD]->(m:Method)
MATCH (p:Paper)-[:REPORTS]->(r)
RETURN d.name AS dataset, k.name AS metric, count(DISTINCT m.id) AS methods, count(DISTINCT r.id) AS results,
       count(DISTINCT p.id) AS papers, min(p.year) AS first_year, max(p.year) AS latest_year, k.better AS better,
       COUNT { MATCH (d)<-[:ON_DATASET]-(x:Result) WHERE x.comparison = 'absolute' AND NOT EXISTS { MATCH (x)-[:OF_METHOD]->(:Method) } } AS left_out,
       d.id AS dataset_id, k.id AS metric_id
ORDER BY methods DESC, results DESC, dataset_id, metric_id
LIMIT $limit
