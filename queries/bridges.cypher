// Bridges between two fields
//
// Methods that papers use for both of two tasks, by the smaller of the two numbers of papers.
// Generic ones (neural network) are left out.
//
// ? which methods are used for both {first} and {second}
// ? methods used for {first} and {second}
// ? models that do {first} as well as {second}
// ? which approaches serve {first} and also {second}
// ? methods that bridge {first} and {second}
// ? techniques shared by {first} and {second}
// ? is there a method for {first} and for {second}
// ? methods common to {first} and {second}
// ? which methods do {first} and {second} both use
// ? methods that solve {first} and {second} alike
// ? one model for two tasks {first} and {second}
//
// $first (task) = "question answering": name or id of a task
// $second (task) = "reading comprehension": name or id of the other
// $limit (integer) = 50: most rows to give
MATCH (a:Task) WHERE a.id = $first OR a.name = $first
MATCH (b:Task) WHERE b.id = $second OR b.name = $second
MATCH (m:Method)-[r:USED_FOR]->(a) WHERE NOT coalesce(m.generic, false)
WITH m, b, count(r.paper) AS papers_first
MATCH (m)-[q:USED_FOR]->(b)
WITH m, papers_first, count(q.paper) AS papers_second
RETURN m.name AS method, papers_first, papers_second,
       CASE WHEN papers_first < papers_second THEN papers_first ELSE papers_second END AS weaker, m.id AS id
ORDER BY weaker DESC, method, id
LIMIT $limit
