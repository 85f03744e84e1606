// Papers by year
//
// How many papers of each year the graph holds, and in how many of them results and claims of novelty were found.
MATCH (p:Paper)
WHERE p.year IS NOT NULL
RETURN p.year AS year, count(p.id) AS papers,
       count(CASE WHEN EXISTS { MATCH (p)-[:REPORTS]->(:Result) } THEN 1 END) AS with_results,
       count(CASE WHEN EXISTS { MATCH (p)-[:INTRODUCES]->(:Method|Task|Dataset|Metric) } THEN 1 END) AS introducing
ORDER BY year
