// What to read first on a topic
//
// Papers on a concept or a kind of it, by its name (`narrower`): first those that introduce it or are mainly about it,
// then those whose own contributions most other papers of the graph mention, then the older. The graph holds no
// citations.
//
// ? what should i read first on {concept}
// ? what to read first about {concept}
// ? where do i start with {concept}
// ? key papers on {concept}
// ? which paper on {concept} should i begin with
// ? seminal papers on {concept}
// ? introductory reading on {concept}
// ? most important papers on {concept}
// ? i am new to {concept} what should i read
// ? reading list for {concept}
// ? must read papers on {concept}
// ? where should a beginner start with {concept}
// ? which papers on {concept} must i know
// ? what are the essential papers about {concept}
// ? best papers to get started with {concept}
//
// $concept (concept) = "BERT": name or id of the concept
// $limit (integer) = 20: largest number of rows
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (n:Method|Task|Dataset|Metric)-[:NARROWER_THAN*0..1]->(c)
WITH DISTINCT c, n
MATCH (p:Paper)-[r:MENTIONS]->(n)
OPTIONAL MATCH (p)-[i:INTRODUCES]->(n)
OPTIONAL MATCH (p)-[a:ABOUT]->(n)
WITH p, sum(r.count) AS mentions, count(i) > 0 AS introduces, count(a) > 0 AS about,
     min(CASE WHEN n.id = c.id THEN '' ELSE n.name END) AS narrower
OPTIONAL MATCH (p)-[:INTRODUCES]->(own:Method|Task|Dataset|Metric)<-[:MENTIONS]-(o:Paper)
WHERE o.id <> p.id
WITH p, mentions, introduces, about, narrower, count(DISTINCT o.id) AS taken_up_by
RETURN p.title AS title, p.year AS year, introduces, about, taken_up_by, mentions, narrower, p.key AS key, p.id AS paper
ORDER BY introduces DESC, about DESC, taken_up_by DESC, mentions DESC, coalesce(year, 9999), paper
LIMIT $limit
