// What was tried on a task
//
// Methods that papers say are used for a task or a kind of it, the best supported first, with the first and the latest
// year. Where papers say it only of kinds, one of them is in `narrower`.
//
// ? which methods are used for {task}
// ? methods for {task}
// ? what are the main methods for {task}
// ? approaches to {task}
// ? {task} methods
// ? {task} models
// ? how is {task} done
// ? popular methods in {task}
// ? which methods are most used for {task}
// ? what was tried on {task}
// ? how do people solve {task}
// ? which algorithms address {task}
// ? techniques for {task}
// ? what can i use for {task}
// ? what systems have been applied to {task}
// ? how to tackle {task}
// ? solutions for {task}
// ? which methods can do {task}
// ? which methods solve {task}
// ? how can {task} be solved
// ? what do people use for {task}
// ? {task} techniques
// ? which models exist for {task}
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
MATCH (n:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
WITH DISTINCT t, n
MATCH (m:Method)-[r:USED_FOR]->(n)
MATCH (p:Paper) WHERE p.id = r.paper
WITH m, count(DISTINCT p.id) AS papers, max(r.confidence) AS best, min(p.year) AS first_year, max(p.year) AS latest_year,
     min(CASE WHEN n.id = t.id THEN '' ELSE n.name END) AS narrower
RETURN m.name AS method, narrower, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support, first_year,
       latest_year, m.id AS id
ORDER BY support DESC, papers DESC, method, id
LIMIT $limit
