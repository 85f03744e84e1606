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
// ? size of the collection by year
// ? how many papers from each year
// ? year distribution
// ? how does the number of papers develop
// ? yearly paper counts
// ? how many papers does the graph hold in total and per year
MATCH (p:Paper)
WHERE p.year IS NOT NULL
RETURN p.year AS year, count(p.id) AS papers,
       count(CASE WHEN EXISTS { MATCH (p)-[:REPORTS]->(:Result) } THEN 1 END) AS with_results,
       count(CASE WHEN EXISTS { MATCH (p)-[:INTRODUCES]->(:Method|Task|Dataset|Metric) } THEN 1 END) AS introducing
ORDER BY year
