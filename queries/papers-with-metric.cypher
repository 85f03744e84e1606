// Who reports a metric
//
// Papers that report results by a metric, the newest first, with the number of results and the range of absolute values.
//
// ? where can i see {metric} reported
// ? who reports {metric}
// ? which papers report {metric}
// ? papers that use {metric} as metric
// ? papers with results in {metric}
// ? where is {metric} reported
// ? which papers give {metric} scores
// ? who measures {metric}
// ? papers that report {metric} results
// ? papers giving {metric} results
// ? who uses {metric}
// ? which papers measure {metric}
// ? results in {metric}
// ? which authors report {metric}
//
// $metric (metric) = "F1": name or id of the metric
// $limit (integer) = 100: largest number of rows
MATCH (k:Metric) WHERE k.id = $metric OR k.name = $metric
MATCH (p:Paper)-[:REPORTS]->(r:Result)-[:BY_METRIC]->(k)
RETURN p.title AS title, p.year AS year, count(r.id) AS results,
       min(CASE WHEN r.comparison = 'absolute' THEN r.number END) AS lowest,
       max(CASE WHEN r.comparison = 'absolute' THEN r.number END) AS highest, p.key AS key, p.id AS paper
ORDER BY coalesce(year, 0) DESC, paper
LIMIT $limit
