// Papers by year
//
// How many papers of each year the graph holds, and in how many of them results and claims of novelty were found.
//
// ? how many papers are there per year
// ? papers by year
// ? number of papers each year
// ? how many papers do you have of each year
// ? distribution of papers over the years
// ? how many publications over time
// ? how big is the collection year by year
// ? count the papers by year
// ? from which years are the papers
MATCH (p:Paper)
WHERE p.year IS NOT NULL
RETURN p.year AS year, count(p.id) AS papers,
       count(CASE WHEN EXISTS { MATCH (p)-[:REPORTS]->(:Result) } THEN 1 END) AS with_results,
       count(CASE WHEN EXISTS { MATCH (p)-[:INTRODUCES]->(:Method|Task|Dataset|Metric) } THEN 1 END) AS introducing
ORDER BY year
