// What was tried on a task
//
// Methods that papers say are used for a task or a kind of it, and those that several papers name which are about it.
// First those that most of these papers name, then those that most papers and methods refer to, then those of which most
// is reported; generic ones (deep learning) are left out. `why` says whether half of a method's papers propose it, some
// say that it is used, or all only name it, and in numbers what else puts it there. `support` is that of the claims that it
// is used. Where all are of kinds of the task, `narrower` gives one.
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
// > papers-on
//
// $task (task) = "question answering": name or id of the task
// $limit (integer) = 100: most rows to give
MATCH (t:Task) WHERE t.id = $task OR t.name = $task
MATCH (p:Paper)-[:MENTIONS]->(:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
WITH DISTINCT t, p
OPTIONAL MATCH (p)-[:ABOUT]->(a:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t)
WITH t, p, min(CASE WHEN a.id = t.id THEN '' ELSE a.name END) AS about
MATCH (p)-[:MENTIONS]->(m:Method) WHERE NOT m.generic
OPTIONAL MATCH (m)-[r:USED_FOR]->(u:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t) WHERE r.paper = p.id
WITH t, m, p, about, max(r.confidence) AS surest, min(CASE WHEN u.id = t.id THEN '' ELSE u.name END) AS used
WHERE about IS NOT NULL OR used IS NOT NULL
WITH t, m, count(p.id) AS papers, count(used) AS claims, max(surest) AS best, min(coalesce(used, about)) AS narrower,
     min(p.year) AS first_year, max(p.year) AS latest_year, min(p.key) AS any_key
WHERE claims > 0 OR papers > 1
OPTIONAL MATCH (m)-[s:USED_FOR]->(:Task)-[:NARROWER_THAN|SUBCLASS_OF*0..1]->(t) WHERE s.confidence = best
OPTIONAL MATCH (q:Paper) WHERE q.id = s.paper
WITH m, papers, claims, best, narrower, first_year, latest_year, any_key, min(q.key) AS sure_key
OPTIONAL MATCH (m)-[:OUTPERFORMS|COMPARED_WITH]-(o:Method)
WITH m, papers, claims, best, narrower, first_year, latest_year, any_key, sure_key, count(DISTINCT o.id) AS rivals
OPTIONAL MATCH (m)-[:PART_OF]->(w:Method)
OPTIONAL MATCH (m)<-[:BASED_ON]-(b:Method)
WITH m, papers, claims, best, narrower, first_year, latest_year, any_key, sure_key, rivals,
     count(DISTINCT w.id) AS wholes, count(DISTINCT b.id) AS heirs
OPTIONAL MATCH (m)-[:EVALUATED_ON]->(d:Dataset)
OPTIONAL MATCH (m)<-[:OF_METHOD]-(v:Result)
WITH m, papers, claims, best, narrower, first_year, latest_year, coalesce(sure_key, any_key) AS key, rivals, wholes, heirs,
     count(DISTINCT d.id) AS datasets, count(DISTINCT v.id) AS results,
     CASE WHEN 2 * COUNT { MATCH (:Paper)-[:INTRODUCES]->(m) } >= m.papers THEN 'proposed' WHEN claims > 0 THEN 'used' ELSE 'named' END AS role
RETURN m.name AS method, narrower,
       role + CASE WHEN m.papers > 1 THEN ', in papers: ' + toString(m.papers) ELSE '' END
       + CASE WHEN wholes > 0 THEN ', part of: ' + toString(wholes) ELSE '' END
       + CASE WHEN heirs > 0 THEN ', built on by: ' + toString(heirs) ELSE '' END
       + CASE WHEN rivals > 0 THEN ', compared with: ' + toString(rivals) ELSE '' END
       + CASE WHEN datasets > 0 THEN ', data sets: ' + toString(datasets) ELSE '' END
       + CASE WHEN results > 0 THEN ', results: ' + toString(results) ELSE '' END AS why,
       papers, round(1 - (1 - best) * 5.0 / (claims + 4), 3) AS support, first_year, latest_year, key, m.id AS id
ORDER BY papers DESC, m.papers + rivals + wholes + heirs DESC, datasets + results DESC, role <> 'proposed',
         coalesce(support, 0.0) DESC, method, id
LIMIT $limit
